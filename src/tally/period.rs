//! Periods of the calendar: years, quarters and months, and which of them a date lies in.

use serde::Serialize;

use crate::error::choices;
use crate::text::Date;

/// The length of the bins of a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Calendar years.
    #[default]
    Year,
    /// Quarters of calendar years.
    Quarter,
    /// Months.
    Month,
}

choices! { Period, "a period",
    "year" => Year: "Calendar years",
    "quarter" => Quarter: "Quarters of years",
    "month" => Month: "Months",
}

/// One year, quarter or month: its number counted from year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bin {
    period: u16,
    number: i32,
}

impl Period {
    /// How many of it a year has.
    pub fn a_year(self) -> u16 {
        match self {
            Self::Year => 1,
            Self::Quarter => 4,
            Self::Month => 12,
        }
    }

    /// The bin that a date wholly lies in; `None` where the date is too imprecise to tell.
    pub fn bin_of(self, date: Date) -> Option<Bin> {
        let (first, last) = (date.first_day(), date.last_day());
        let number = |year: i16, month: i8| {
            let of_year = (i32::from(month) - 1) * i32::from(self.a_year()) / 12;
            i32::from(year) * i32::from(self.a_year()) + of_year
        };
        let bin = number(first.year(), first.month());
        (bin == number(last.year(), last.month())).then_some(Bin {
            period: self.a_year(),
            number: bin,
        })
    }
}

impl Bin {
    /// The bin of a name, as [`Bin::name`] writes it.
    pub fn named(name: &str) -> Option<Self> {
        if let Some((year, quarter)) = name.split_once("-Q") {
            let (year, quarter): (i32, i32) = (year.parse().ok()?, quarter.parse().ok()?);
            let number = year.checked_mul(4)?.checked_add(quarter - 1)?;
            return (1..=4).contains(&quarter).then_some(Self { period: 4, number });
        }
        let period = match name.contains('-') {
            true => Period::Month,
            false => Period::Year,
        };
        period.bin_of(name.parse().ok()?)
    }

    /// The bins from the first of some to the last, without a gap.
    pub fn without_gaps(bins: &[Self]) -> impl Iterator<Item = Self> + use<> {
        let (first, last) = (bins.iter().min().copied(), bins.iter().max().copied());
        std::iter::successors(first, |bin| Some(bin.next())).take_while(move |bin| Some(*bin) <= last)
    }

    /// The bin behind it.
    pub fn next(self) -> Self {
        Self {
            number: self.number + 1,
            ..self
        }
    }

    /// Its name: `2013`, `2013-Q2` or `2013-03`.
    pub fn name(self) -> String {
        let period = i32::from(self.period);
        let (year, part) = (self.number.div_euclid(period), self.number.rem_euclid(period) + 1);
        match self.period {
            1 => format!("{year:04}"),
            4 => format!("{year:04}-Q{part}"),
            _ => format!("{year:04}-{part:02}"),
        }
    }

    /// The first and the last date in it, as filters on dates take them.
    pub fn range(self) -> (String, String) {
        let period = i32::from(self.period);
        let (year, part) = (self.number.div_euclid(period), self.number.rem_euclid(period));
        match self.period {
            1 => (format!("{year:04}"), format!("{year:04}")),
            4 => (
                format!("{year:04}-{:02}", part * 3 + 1),
                format!("{year:04}-{:02}", part * 3 + 3),
            ),
            _ => (self.name(), self.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_lies_in_a_bin_where_it_is_precise_enough() {
        let bin = |period: Period, date: &str| period.bin_of(date.parse().unwrap()).map(Bin::name);
        assert_eq!(bin(Period::Year, "2013"), Some("2013".to_owned()));
        assert_eq!(bin(Period::Quarter, "2013-06-30"), Some("2013-Q2".to_owned()));
        assert_eq!(bin(Period::Quarter, "2013-07"), Some("2013-Q3".to_owned()));
        assert_eq!(bin(Period::Month, "2013-12-01"), Some("2013-12".to_owned()));
        assert_eq!(bin(Period::Month, "2013"), None);
        assert_eq!(bin(Period::Quarter, "2013"), None);
    }

    #[test]
    fn a_bin_is_known_by_its_name() {
        for name in ["2013", "2013-Q2", "2013-03", "0999-12"] {
            assert_eq!(Bin::named(name).map(Bin::name).as_deref(), Some(name));
        }
        assert_eq!(["", "2013-Q5", "2013-Q0", "2013-13", "x"].map(Bin::named), [None; 5]);
        let bins = ["2014-02", "2013-12"].map(|name| Bin::named(name).unwrap());
        let names: Vec<String> = Bin::without_gaps(&bins).map(Bin::name).collect();
        assert_eq!(names, ["2013-12", "2014-01", "2014-02"]);
        assert_eq!(Bin::without_gaps(&[]).count(), 0);
    }

    #[test]
    fn bins_follow_each_other_and_name_their_dates() {
        let december = Period::Month.bin_of("1999-12".parse().unwrap()).unwrap();
        assert_eq!(december.next().name(), "2000-01");
        let fourth = Period::Quarter.bin_of("1999-12".parse().unwrap()).unwrap();
        assert_eq!(fourth.range(), ("1999-10".to_owned(), "1999-12".to_owned()));
        assert_eq!(fourth.next().name(), "2000-Q1");
    }
}
