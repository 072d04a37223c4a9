//! The states of the General Assembly by their codes, as they were named at the time.

/// Names under which states were known up to a session, the earliest first.
#[rustfmt::skip]
const EARLIER: &[(&str, u32, &str)] = &[
    ("BEN", 29, "Dahomey"),
    ("BFA", 38, "Upper Volta"),
    ("BLR", 45, "Byelorussian Soviet Socialist Republic"),
    ("COD", 25, "Democratic Republic of the Congo"),
    ("COD", 51, "Zaire"),
    ("CPV", 67, "Cape Verde"),
    ("CZE", 70, "Czech Republic"),
    ("DEU", 44, "Federal Republic of Germany"),
    ("EGY", 12, "Egypt"),
    ("EGY", 25, "United Arab Republic"),
    ("KHM", 24, "Cambodia"),
    ("KHM", 29, "Khmer Republic"),
    ("KHM", 44, "Democratic Kampuchea"),
    ("LBY", 31, "Libyan Arab Republic"),
    ("LBY", 65, "Libyan Arab Jamahiriya"),
    ("LKA", 26, "Ceylon"),
    ("MKD", 73, "The former Yugoslav Republic of Macedonia"),
    ("MMR", 43, "Burma"),
    ("MYS", 17, "Federation of Malaya"),
    ("RUS", 46, "Union of Soviet Socialist Republics"),
    ("SWZ", 72, "Swaziland"),
    ("THA", 3, "Siam"),
    ("TUR", 76, "Turkey"),
    ("UKR", 45, "Ukrainian Soviet Socialist Republic"),
    ("WSM", 51, "Western Samoa"),
];

/// Today's names, by code in ascending order.
#[rustfmt::skip]
const STATES: &[(&str, &str)] = &[
    ("AFG", "Afghanistan"), ("AGO", "Angola"), ("ALB", "Albania"), ("AND", "Andorra"),
    ("ARE", "United Arab Emirates"), ("ARG", "Argentina"), ("ARM", "Armenia"), ("ATG", "Antigua and Barbuda"),
    ("AUS", "Australia"), ("AUT", "Austria"), ("AZE", "Azerbaijan"), ("BDI", "Burundi"), ("BEL", "Belgium"),
    ("BEN", "Benin"), ("BFA", "Burkina Faso"), ("BGD", "Bangladesh"), ("BGR", "Bulgaria"), ("BHR", "Bahrain"),
    ("BHS", "Bahamas"), ("BIH", "Bosnia and Herzegovina"), ("BLR", "Belarus"), ("BLZ", "Belize"),
    ("BOL", "Bolivia"), ("BRA", "Brazil"), ("BRB", "Barbados"), ("BRN", "Brunei Darussalam"), ("BTN", "Bhutan"),
    ("BWA", "Botswana"), ("CAF", "Central African Republic"), ("CAN", "Canada"), ("CHE", "Switzerland"),
    ("CHL", "Chile"), ("CHN", "China"), ("CIV", "Côte d'Ivoire"), ("CMR", "Cameroon"),
    ("COD", "Democratic Republic of the Congo"), ("COG", "Congo"), ("COL", "Colombia"), ("COM", "Comoros"),
    ("CPV", "Cabo Verde"), ("CRI", "Costa Rica"), ("CSK", "Czechoslovakia"), ("CUB", "Cuba"), ("CYP", "Cyprus"),
    ("CZE", "Czechia"), ("DDR", "German Democratic Republic"), ("DEU", "Germany"), ("DJI", "Djibouti"),
    ("DMA", "Dominica"), ("DNK", "Denmark"), ("DOM", "Dominican Republic"), ("DZA", "Algeria"), ("ECU", "Ecuador"),
    ("EGY", "Egypt"), ("ERI", "Eritrea"), ("ESP", "Spain"), ("EST", "Estonia"), ("ETH", "Ethiopia"),
    ("EU", "European Union"), ("FIN", "Finland"), ("FJI", "Fiji"), ("FRA", "France"),
    ("FSM", "Micronesia (Federated States of)"), ("GAB", "Gabon"), ("GBR", "United Kingdom"), ("GEO", "Georgia"),
    ("GHA", "Ghana"), ("GIN", "Guinea"), ("GMB", "Gambia"), ("GNB", "Guinea-Bissau"), ("GNQ", "Equatorial Guinea"),
    ("GRC", "Greece"), ("GRD", "Grenada"), ("GTM", "Guatemala"), ("GUY", "Guyana"), ("HND", "Honduras"),
    ("HRV", "Croatia"), ("HTI", "Haiti"), ("HUN", "Hungary"), ("IDN", "Indonesia"), ("IND", "India"),
    ("IRL", "Ireland"), ("IRN", "Iran"), ("IRQ", "Iraq"), ("ISL", "Iceland"), ("ISR", "Israel"), ("ITA", "Italy"),
    ("JAM", "Jamaica"), ("JOR", "Jordan"), ("JPN", "Japan"), ("KAZ", "Kazakhstan"), ("KEN", "Kenya"),
    ("KGZ", "Kyrgyzstan"), ("KHM", "Cambodia"), ("KIR", "Kiribati"), ("KNA", "Saint Kitts and Nevis"),
    ("KOR", "Republic of Korea"), ("KWT", "Kuwait"), ("LAO", "Lao People's Democratic Republic"),
    ("LBN", "Lebanon"), ("LBR", "Liberia"), ("LBY", "Libya"), ("LCA", "Saint Lucia"), ("LIE", "Liechtenstein"),
    ("LKA", "Sri Lanka"), ("LSO", "Lesotho"), ("LTU", "Lithuania"), ("LUX", "Luxembourg"), ("LVA", "Latvia"),
    ("MAR", "Morocco"), ("MCO", "Monaco"), ("MDA", "Republic of Moldova"), ("MDG", "Madagascar"),
    ("MDV", "Maldives"), ("MEX", "Mexico"), ("MHL", "Marshall Islands"), ("MKD", "North Macedonia"),
    ("MLI", "Mali"), ("MLT", "Malta"), ("MMR", "Myanmar"), ("MNE", "Montenegro"), ("MNG", "Mongolia"),
    ("MOZ", "Mozambique"), ("MRT", "Mauritania"), ("MUS", "Mauritius"), ("MWI", "Malawi"), ("MYS", "Malaysia"),
    ("NAM", "Namibia"), ("NER", "Niger"), ("NGA", "Nigeria"), ("NIC", "Nicaragua"), ("NLD", "Netherlands"),
    ("NOR", "Norway"), ("NPL", "Nepal"), ("NRU", "Nauru"), ("NZL", "New Zealand"), ("OMN", "Oman"),
    ("PAK", "Pakistan"), ("PAN", "Panama"), ("PER", "Peru"), ("PHL", "Philippines"), ("PLW", "Palau"),
    ("PNG", "Papua New Guinea"), ("POL", "Poland"), ("PRK", "Democratic People's Republic of Korea"),
    ("PRT", "Portugal"), ("PRY", "Paraguay"), ("PSE", "State of Palestine"), ("QAT", "Qatar"), ("ROU", "Romania"),
    ("RUS", "Russian Federation"), ("RWA", "Rwanda"), ("SAU", "Saudi Arabia"), ("SDN", "Sudan"), ("SEN", "Senegal"),
    ("SGP", "Singapore"), ("SLB", "Solomon Islands"), ("SLE", "Sierra Leone"), ("SLV", "El Salvador"),
    ("SMR", "San Marino"), ("SOM", "Somalia"), ("SRB", "Serbia"), ("SSD", "South Sudan"),
    ("STP", "Sao Tome and Principe"), ("SUR", "Suriname"), ("SVK", "Slovakia"), ("SVN", "Slovenia"),
    ("SWE", "Sweden"), ("SWZ", "Eswatini"), ("SYC", "Seychelles"), ("SYR", "Syrian Arab Republic"), ("TCD", "Chad"),
    ("TGO", "Togo"), ("THA", "Thailand"), ("TJK", "Tajikistan"), ("TKM", "Turkmenistan"), ("TLS", "Timor-Leste"),
    ("TON", "Tonga"), ("TTO", "Trinidad and Tobago"), ("TUN", "Tunisia"), ("TUR", "Türkiye"), ("TUV", "Tuvalu"),
    ("TZA", "United Republic of Tanzania"), ("UGA", "Uganda"), ("UKR", "Ukraine"), ("URY", "Uruguay"),
    ("USA", "United States of America"), ("UZB", "Uzbekistan"), ("VAT", "Holy See"),
    ("VCT", "Saint Vincent and the Grenadines"), ("VEN", "Venezuela"), ("VNM", "Viet Nam"), ("VUT", "Vanuatu"),
    ("WSM", "Samoa"), ("YDYE", "Democratic Yemen"), ("YEM", "Yemen"), ("YMD", "Democratic Yemen"),
    ("YUG", "Yugoslavia"), ("ZAF", "South Africa"), ("ZMB", "Zambia"), ("ZWE", "Zimbabwe"),
];

/// The name of the state with a code, as it was at a session of the General Assembly; the session of a year is the year
/// less 1945.
pub(super) fn name_of(code: &str, session: u32) -> Option<&'static str> {
    let earlier = EARLIER.iter().find(|(of, last, _)| *of == code && session <= *last);
    let today = || {
        STATES
            .binary_search_by_key(&code, |(of, _)| of)
            .ok()
            .map(|index| STATES[index].1)
    };
    earlier.map(|(.., name)| *name).or_else(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_have_the_name_of_their_time() {
        assert_eq!(name_of("RUS", 40), Some("Union of Soviet Socialist Republics"));
        assert_eq!(name_of("RUS", 47), Some("Russian Federation"));
        assert_eq!(name_of("COD", 20), Some("Democratic Republic of the Congo"));
        assert_eq!(name_of("COD", 40), Some("Zaire"));
        assert_eq!(name_of("XYZ", 40), None);
    }

    #[test]
    fn the_tables_are_in_order() {
        assert!(STATES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(EARLIER.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
    }
}
