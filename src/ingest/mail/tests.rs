//! Mails and mailboxes in small.

use super::*;

const MAIL: &str = "From: Ada Pelleray <ada@harbour.example>\r\nTo: press@harbour.example\r\nSubject: =?UTF-8?Q?Fwd:_R=C3=A9ouverture_du_port?=\r\nDate: Mon, 3 Jun 2024 09:30:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nLa lampe =E9tait allum=E9e, et le port est ouvert.\r\n\r\n-- \r\nHarbour office\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>La lampe</p>\r\n--c--\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../speech.txt\"\r\n\r\nFriends, the lamp is lit.\r\n--b--\r\n";

#[test]
fn a_mail_is_its_plain_part_with_its_header_as_fields() {
    assert!(is_mail(MAIL.as_bytes()));
    let draft = read(MAIL.as_bytes()).expect("it has a text");
    assert_eq!(draft.text.trim(), "La lampe était allumée, et le port est ouvert.");
    assert_eq!(draft.suggested.value(Field::Title), Some("Réouverture du port"));
    assert_eq!(draft.stated.value(Field::Published), Some("2024-06-03"));
    assert_eq!(draft.stated.meta()["from"], "Ada Pelleray <ada@harbour.example>");
    assert!(!draft.stated.has(Field::Speaker));
    assert!(draft.asides.iter().any(|aside| aside.text == "Harbour office"));
}

#[test]
fn attachments_are_files_without_a_way_out() {
    let (has_text, attachments) = opened(MAIL.as_bytes()).expect("it is a mail");
    assert!(has_text);
    let names: Vec<&str> = attachments.iter().map(|attachment| attachment.name.as_str()).collect();
    assert_eq!(names, ["speech.txt"]);
    assert_eq!(attachments[0].bytes.trim_ascii(), b"Friends, the lamp is lit.");
}

#[test]
fn a_mailbox_is_many_mails() {
    let mailbox = format!(
        "From a@b Mon Jun  3 09:30:00 2024\n{MAIL}\n\nFrom a@b Mon Jun  3 09:31:00 2024\nFrom: x@y\nSubject: b\n\n>From the quay.\n"
    );
    assert!(is_mailbox(mailbox.as_bytes()));
    let mails: Vec<Vec<u8>> = Mailbox::new(mailbox.as_bytes())
        .map(|mail| mail.expect("it can be read"))
        .collect();
    assert_eq!(mails.len(), 2);
    assert!(String::from_utf8_lossy(&mails[1]).contains("\nFrom the quay."));
}

#[test]
fn a_letter_with_a_head_is_no_mail() {
    assert!(!is_mail(b"From: the minister\nTo: all\nSubject: the lamp\n\nWe meet."));
    assert!(!is_mailbox(b"From the quay we see the lamp.\n\nFrom: x\n"));
}
