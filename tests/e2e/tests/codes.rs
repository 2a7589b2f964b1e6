//! The codes that the program draws, read by readers of other makes.

use std::collections::BTreeMap;
use std::fs;

use e2e::{code, people};
use subsidy_checker::record;
use subsidy_checker::rules::{Answer, Answers, Date, TABLES, read, write};
use subsidy_checker::takeaway::{self, code::Code};
use subsidy_checker::text::{Language, built_in};
use tables::Kind;
use tasks::readers;

const IN_OCTOBER: &str = "2025-10-01";

/// The first byte of a code: from the corner at the right below upwards, two squares a row, some of them turned round by a mask
/// (ISO/IEC 18004). Half of it says what follows: 7 a character set, whose number begins in the other half, of which 26 has a 1.
fn first_byte(code: &Code, mask: u16) -> u8 {
    let last = code.side() - 9;
    (0..8).fold(0, |byte, at| {
        let (x, y) = (last - at % 2, last - at / 2);
        let turned = match mask {
            0 => (x + y) % 2,
            1 => y % 2,
            2 => x % 3,
            3 => (x + y) % 3,
            4 => (x / 3 + y / 2) % 2,
            5 => x * y % 2 + x * y % 3,
            6 => (x * y % 2 + x * y % 3) % 2,
            _ => ((x + y) % 2 + x * y % 3) % 2,
        } == 0;
        byte * 2 + u8::from(code.is_dark(x + 4, y + 4) != turned)
    })
}

/// What each reader has read of a code.
type Read = BTreeMap<String, Option<String>>;

/// Reads codes by every reader, where there are any. None: they are left out.
#[track_caller]
fn read_by_all(texts: &[String]) -> Option<Vec<Read>> {
    let folder = tempfile::tempdir().unwrap();
    let draw = |(at, text): (usize, &String)| {
        let picture = folder.path().join(format!("{at}.png"));
        fs::write(&picture, Code::of(text).unwrap().png()).unwrap();
        picture
    };
    let pictures: Vec<_> = texts.iter().enumerate().map(draw).collect();
    match readers::read(&pictures) {
        Ok(read) => Some(serde_json::from_str(&read).unwrap()),
        Err(error) if std::env::var_os("CI").is_some() => panic!("{error:#}"),
        Err(error) => {
            println!("left out: {error:#}");
            None
        }
    }
}

/// How many squares each side has, without the light ones around.
fn size(text: &str) -> i32 {
    Code::of(text).unwrap().side() - 8
}

/// From the shortest record to a longer one than anybody's, and the answers in words.
#[test]
fn what_people_carry_home_is_read_by_readers_of_every_make() {
    let addresses = [
        "https://a.example/",
        "https://subsidy.example/checker.html",
        "https://www.subsidies.example/people/courses/checker/checker.html",
    ];
    let mut texts = Vec::new();
    for record in ["1;goal=claim", people::EXAM, people::CLAIM, people::ENROL, &largest_record()] {
        let written = record.replacen("1;", &format!("2;on={IN_OCTOBER};"), 1);
        for (language, address) in Language::ALL.iter().zip(addresses) {
            let text = built_in(*language).unwrap();
            let explained = people::explained(text, record, IN_OCTOBER);
            texts.push(takeaway::link(address, *language, Some(day(IN_OCTOBER)), &written));
            texts.push(takeaway::summary(&explained, text, &text.date(day(IN_OCTOBER)), TABLES.version));
        }
    }
    let Some(all) = read_by_all(&texts) else { return };
    for (text, read) in texts.iter().zip(all) {
        println!("{} bytes, {} squares a side", text.len(), size(text));
        for (reader, read) in read {
            if read.is_some() || !may_miss(&reader, size(text)) {
                assert_eq!(read.as_ref(), Some(text), "by {reader}");
            }
        }
    }
}

/// The older of OpenCV's two ways to find a code. It takes squares within the code for its corners, sometimes, however it is drawn.
const FIRST_DETECTOR: &str = "OpenCV, by its first detector";
/// OpenCV fails to decode some codes of this size, also where it is told their corners. Nobody's answers need so large a code.
const UNSURE_SIZE: i32 = 101;

/// Whether a reader may find nothing in a code of this size.
fn may_miss(reader: &str, size: i32) -> bool {
    reader == FIRST_DETECTOR || reader == "OpenCV" && size == UNSURE_SIZE
}

/// Chinese is named as what it is: as UTF-8, by its number (ECI 26), before the bytes.
#[test]
fn a_code_of_any_size_is_read() {
    let mut largest = 0;
    let mut texts = Vec::new();
    for count in [1, 20, 60, 100, 200, 300, 304, 500, 700, 900] {
        for words in
            ["https://subsidy.example/?lang=zh-Hans#record/2.on_2025-10-01.goal_claim.", "珠海市职业技能提升补贴"]
        {
            let is_ascii = words.is_ascii();
            let text: String = words.chars().cycle().take(if is_ascii { 3 * count } else { count }).collect();
            let code = Code::of(&text).unwrap();
            let png = code.png();
            assert_eq!(code::read_png(&png), text);
            let picture = image::load_from_memory(&png).unwrap().to_luma8();
            assert_eq!([picture.width(), picture.height()], [8 * code.side() as u32; 2]);
            for (x, y, pixel) in picture.enumerate_pixels() {
                assert_eq!(pixel.0[0] == 0, code.is_dark((x / 8) as i32, (y / 8) as i32), "{x} {y}");
            }
            let mut seen = rqrr::PreparedImage::prepare(picture);
            let (how, _) = seen.detect_grids()[0].decode().unwrap();
            assert_eq!(first_byte(&code, how.mask) == 0x71, !text.is_ascii(), "{text}");
            println!("{} bytes: {} squares a side, {} bytes of picture", text.len(), code.side(), png.len());
            largest = largest.max(png.len());
            texts.push(text);
        }
    }
    assert!(largest < 100_000, "{largest}");
    let Some(all) = read_by_all(&texts) else { return };
    let mut missed = BTreeMap::<String, Vec<i32>>::new();
    for (text, read) in texts.iter().zip(all) {
        for (reader, read) in read {
            match read {
                Some(read) => assert_eq!(&read, text, "by {reader}"),
                None => missed.entry(reader).or_default().push(size(text)),
            }
        }
    }
    // If another version of OpenCV misses others, docs/takeaway.md is to be changed as well.
    let expected = [("OpenCV", vec![UNSURE_SIZE; 3]), (FIRST_DETECTOR, vec![101, 101, 101, 129, 153, 153, 173])];
    assert_eq!(missed, expected.map(|(reader, sizes)| (reader.to_owned(), sizes)).into());
}

/// The record that takes most to write: every question has an answer, each the longest.
fn largest_record() -> String {
    let mut answers = Answers::NONE;
    for question in TABLES.questions {
        let all = match question.kind {
            Kind::Choice(values) => (0..values.len()).map(|at| Answer::Choice(at as u16)).collect(),
            Kind::Number(_, most) => vec![Answer::Number(most)],
            Kind::Date => vec![Answer::Date(day(IN_OCTOBER))],
        };
        let written = all.into_iter().chain([Answer::DontKnow]).filter_map(|answer| write(question, answer));
        // Not every question may be left open.
        let longest = written.filter(|value| read(question, value).is_ok()).max_by_key(String::len);
        answers.set(question.id, longest.and_then(|value| read(question, &value).ok()));
    }
    record::to_text(&TABLES, &answers, day(IN_OCTOBER))
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}
