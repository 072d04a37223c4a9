"""What schemathesis has to know about JSON Lines: they are sent as they are."""

import schemathesis

schemathesis.serializer.alias(["application/x-ndjson", "application/jsonl"], "text/plain")
