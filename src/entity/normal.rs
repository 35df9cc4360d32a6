//! What the matches of built-in patterns say, in one form each: amounts, dates, times, addresses.
//!
//! ```text
//! "US$300m" ─► USD 300000000     "March 5, 2016" ─► 2016-03-05     "7:30 p.m." ─► 19:30
//! ```
//!
//! Where it is not plain what is meant ("3/4/16", "20 pesos"), nothing is said.

/// The value of what the built-in pattern of that id matches; `None` where it is not plain, and for other ids.
pub fn value(id: &str, written: &str) -> Option<String> {
    match id.strip_prefix("pattern:")? {
        "money" => money(written),
        "percent" => amount(written).map(|(amount, _)| amount),
        "date" => date(written),
        "time" => time(written),
        "handle" => Some(written.strip_prefix('@')?.to_lowercase()),
        "email" => email(written),
        "url" => url(written),
        _ => None,
    }
}

/// How currencies are written, folded, the longer before what they contain. A bare dollar is one of the United States.
const CURRENCIES: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("us dollar", "USD"),
    ("au$", "AUD"),
    ("a$", "AUD"),
    ("ca$", "CAD"),
    ("c$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
    ("chf", "CHF"),
    ("cny", "CNY"),
    ("dollar", "USD"),
    ("euro", "EUR"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("rouble", "RUB"),
    ("ruble", "RUB"),
    ("pound", "GBP"),
];

/// How many noughts a word stands for.
const NOUGHTS: &[(&str, usize)] = &[
    ("hundred", 2),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("mn", 6),
    ("bn", 9),
    ("tn", 12),
    ("k", 3),
    ("m", 6),
    ("b", 9),
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The code of the currency and the amount.
fn money(written: &str) -> Option<String> {
    let folded = written.to_lowercase();
    let (amount, rest) = amount(&folded)?;
    let before = &folded[..folded.find(|c: char| c.is_ascii_digit())?];
    let mark = [before, rest].map(str::trim).into_iter().find(|mark| !mark.is_empty())?;
    let (_, code) = CURRENCIES.iter().find(|currency| mark.starts_with(currency.0))?;
    Some(format!("{code} {amount}"))
}

/// The number that comes first, with the noughts that a word adds; and what stands behind.
fn amount(folded: &str) -> Option<(String, &str)> {
    let start = folded.find(|c: char| c.is_ascii_digit())?;
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = folded[start..].find(|c| !is_of_number(c)).map_or(folded.len(), |length| start + length);
    let (whole, part) = number(&folded[start..end])?;
    let rest = folded[end..].trim_start();
    let word = &rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())];
    let noughts = NOUGHTS.iter().find(|noughts| noughts.0 == word);
    let rest = if noughts.is_some() { &rest[word.len()..] } else { rest };
    Some((shifted(&whole, part, noughts.map_or(0, |noughts| noughts.1)), rest))
}

/// The digits before and behind the decimal point. A mark that comes twice, or a comma before three digits, groups.
fn number(written: &str) -> Option<(String, &str)> {
    let last = written.rfind(['.', ',']);
    let is_decimal = last.is_some_and(|at| {
        let mark = &written[at..=at];
        let is_first = written.matches(mark).count() == 1;
        is_first && (mark == "." || written.contains('.') || written.len() - at != 4)
    });
    let (whole, part) = match last {
        Some(at) if is_decimal => (&written[..at], &written[at + 1..]),
        _ => (written, ""),
    };
    let mut groups = whole.split(['.', ',']);
    let first = groups.next()?;
    let is_grouped = groups.clone().count() > 0;
    let is_even = groups.all(|group| group.len() == 3) && (!is_grouped || (1..=3).contains(&first.len()));
    is_even.then(|| (whole.replace(['.', ','], ""), part))
}

/// A number with its decimal point so many places further right.
fn shifted(whole: &str, part: &str, places: usize) -> String {
    let digits = format!("{whole}{part:0<places$}");
    let point = whole.len() + places;
    let whole = digits[..point].trim_start_matches('0');
    let part = digits[point..].trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

/// As in ISO 8601: `2016-03-05`, `2016-03` without a day, `--03-05` without a year.
fn date(written: &str) -> Option<String> {
    let folded = written.to_lowercase();
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| leading(part)).collect();
    // Weekdays begin like no month.
    let month = parts.iter().find_map(|part| {
        let place = MONTHS.iter().position(|month| part.starts_with(month) && !part.ends_with("day"))?;
        u32::try_from(place + 1).ok()
    });
    match (month, &*numbers) {
        (Some(month), &[year]) if year > 31 => Some(format!("{year:04}-{month:02}")),
        (Some(month), &[day]) => checked(None, month, day),
        (Some(month), &[day, year]) => checked(Some(year), month, day),
        (None, &[year, month, day]) if parts[0].len() == 4 => checked(Some(year), month, day),
        (None, &[day, month, year]) if folded.contains('.') => checked(Some(full_year(year)), month, day),
        (None, &[first, second, year]) => slashed(first, second, full_year(year)),
        _ => None,
    }
}

/// The number with which a part begins: the 5 of "5th".
fn leading(part: &str) -> Option<u32> {
    part[..part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len())].parse().ok()
}

/// A year of two digits is one of this century up to 68, as in POSIX.
fn full_year(year: u32) -> u32 {
    match year {
        0..=68 => 2000 + year,
        69..=99 => 1900 + year,
        _ => year,
    }
}

/// Between slashes the month stands first or second; where both could be it, who knows.
fn slashed(first: u32, second: u32, year: u32) -> Option<String> {
    if first == second || second > 12 {
        checked(Some(year), first, second)
    } else if first > 12 {
        checked(Some(year), second, first)
    } else {
        None
    }
}

/// The date if there is such a day.
fn checked(year: Option<u32>, month: u32, day: u32) -> Option<String> {
    let is_leap = year
        .is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let year = year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
    (1..=days).contains(&day).then(|| format!("{year}-{month:02}-{day:02}"))
}

/// Hours of the day, minutes, and seconds where they are given.
fn time(written: &str) -> Option<String> {
    let folded = written.to_lowercase();
    let end = folded.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(folded.len());
    let mut numbers = folded[..end].split(':').map(|part| part.parse::<u32>().ok());
    let hour = numbers.next()??;
    let minute = numbers.next().unwrap_or(Some(0))?;
    let hour = match folded[end..].trim_start().chars().next() {
        None => hour,
        Some(_) if hour > 12 => return None,
        Some('p') => hour % 12 + 12,
        Some(_) => hour % 12,
    };
    let seconds =
        numbers.next().map_or(Some(String::new()), |second| second.map(|second| format!(":{second:02}")))?;
    Some(format!("{hour:02}:{minute:02}{seconds}"))
}

/// The part behind the sign knows no case; of that before it only its owner knows.
fn email(written: &str) -> Option<String> {
    let (user, host) = written.rsplit_once('@')?;
    Some(format!("{user}@{}", host.to_lowercase()))
}

/// With a scheme, which knows no case, nor does the host.
fn url(written: &str) -> Option<String> {
    let (scheme, rest) = written.split_once("://").unwrap_or(("http", written));
    let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(host)?;
    Some(format!("{}://{}{path}", scheme.to_lowercase(), host.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_has_a_value() {
        for (pattern, written, expected) in [
            ("money", "$2.5 billion", Some("USD 2500000000")),
            ("money", "US$300m", Some("USD 300000000")),
            ("money", "£10", Some("GBP 10")),
            ("money", "5,000 euros", Some("EUR 5000")),
            ("money", "3 million dollars", Some("USD 3000000")),
            ("money", "HK$1,234,567.50", Some("HKD 1234567.5")),
            ("money", "1.234.567,89 €", Some("EUR 1234567.89")),
            ("money", "EUR 12,5", Some("EUR 12.5")),
            ("money", "€0.05", Some("EUR 0.05")),
            ("money", "7 US dollars", Some("USD 7")),
            ("money", "¥100", None),
            ("money", "20 pesos", None),
            ("money", "5 cents", None),
            ("money", "$1,2,3", None),
            ("percent", "3.50%", Some("3.5")),
            ("percent", "12 percent", Some("12")),
            ("date", "March 5, 2016", Some("2016-03-05")),
            ("date", "Monday, Sept. 5th", Some("--09-05")),
            ("date", "17 June 1999", Some("1999-06-17")),
            ("date", "May 2016", Some("2016-05")),
            ("date", "2016-11-24", Some("2016-11-24")),
            ("date", "24.11.2016", Some("2016-11-24")),
            ("date", "11/24/16", Some("2016-11-24")),
            ("date", "24/11/99", Some("1999-11-24")),
            ("date", "3/4/16", None),
            ("date", "Feb 30, 2016", None),
            ("date", "29 February 2015", None),
            ("time", "7:30 p.m.", Some("19:30")),
            ("time", "12 am", Some("00:00")),
            ("time", "12:05 PM", Some("12:05")),
            ("time", "19:30:09", Some("19:30:09")),
            ("time", "19:30 pm", None),
            ("handle", "@MaraQuist", Some("maraquist")),
            ("email", "Mara.Quist@Norrland.example", Some("Mara.Quist@norrland.example")),
            ("url", "www.Norrland.example/A?b=C", Some("http://www.norrland.example/A?b=C")),
            ("url", "HTTPS://norrland.example", Some("https://norrland.example")),
            ("other", "x", None),
        ] {
            let id = format!("pattern:{pattern}");
            assert_eq!(value(&id, written).as_deref(), expected, "{written}");
        }
        assert_eq!(value("tmr", "$5"), None);
    }

    #[test]
    fn nothing_breaks_it() {
        for pattern in ["money", "percent", "date", "time", "handle", "email", "url"] {
            for written in [
                "",
                "@",
                "é",
                "5",
                ".5",
                ",",
                "$,",
                "５",
                "İ5 m",
                "5İ",
                "99999999999",
                "1/2",
                "::",
                "may",
                "://",
                "a@",
            ] {
                let _ = value(&format!("pattern:{pattern}"), written);
            }
        }
    }
}
