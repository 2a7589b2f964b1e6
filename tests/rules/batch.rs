//! CSV tables of people, as bytes in and bytes out.

use std::{cell::Cell, io, rc::Rc};

use encoding_rs::GB18030;
use subsidy_checker::{
    batch::{Batch, BatchError, Done, Remark},
    contract,
    rules::{Kind, assess},
    text::Text,
};

use crate::{
    frozen::{self, TABLES},
    people::{Crowd, Person, answers, day},
};

fn texts() -> Vec<Text> {
    frozen::texts(&frozen::SET)
}

/// Returns the output, the remarks, and the number of rows.
fn run_bytes(input: &[u8], as_of: &str) -> Result<(String, Vec<String>, Done), BatchError> {
    let (mut output, mut remarks) = (Vec::new(), Vec::new());
    let batch = Batch { tables: &TABLES, texts: texts(), as_of: day(as_of) };
    let done = batch.run(input, &mut output, |remark: Remark| remarks.push(remark.to_string()))?;
    Ok((String::from_utf8(output).unwrap(), remarks, done))
}

fn run(input: &str) -> (String, Vec<String>, Done) {
    run_bytes(input.as_bytes(), "2025-05-10").unwrap()
}

/// Returns the cells of one column of the output.
fn column(written: &str, delimiter: u8, heading: &str) -> Vec<String> {
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(written.as_bytes());
    let at = csv.headers().unwrap().iter().position(|one| one == heading);
    let at = at.unwrap_or_else(|| panic!("no column {heading} in {written}"));
    csv.records().map(|record| record.unwrap()[at].to_owned()).collect()
}

/// Returns one column of the output for a comma-separated input.
fn comma(input: &str, heading: &str) -> Vec<String> {
    column(&run(input).0, b',', heading)
}

const HEADINGS: &str = "may-sit.state,may-sit.min,may-sit.max,course-dates.state,course-dates.min,course-dates.max,\
    course-fee.state,course-fee.min,course-fee.max,subsidy.state,subsidy.min,subsidy.max,net-cost.state,net-cost.min,\
    net-cost.max,exam-passed.state,exam-passed.min,exam-passed.max,resit.state,resit.min,resit.max,resit-fee.state,\
    resit-fee.min,resit-fee.max,training-certificate.state,training-certificate.min,training-certificate.max,\
    recognition.state,recognition.min,recognition.max,district-craftsman.state,district-craftsman.min,\
    district-craftsman.max,subsidy.last,error";

/// The column after those of the contract: why an amount is unknown and its cell empty.
const NOTE: &str = "amounts.note";

#[test]
fn writes_the_columns_of_the_contract() {
    let (written, remarks, done) = run("goal,certificate-date\nclaim,2025-04-30\n");
    assert_eq!(written.lines().next(), Some(format!("goal,certificate-date,{HEADINGS},{NOTE}").as_str()));
    assert_eq!((remarks, done), (vec![], Done { rows: 1, bad: 0 }));
    assert_eq!(column(&written, b',', "subsidy.last"), ["2026-04-30"]);
    assert_eq!(column(&written, b',', "error"), [""]);
}

/// An unknown amount is an empty cell, never 0. The last column explains why, and gives the amount by the last
/// known rules.
#[test]
fn what_is_not_known_is_said_in_words() {
    let row = |as_of: &str, cells: &str| {
        let table = format!(
            "goal,certificate-occupation,certificate-level,certificate-date,certificate-issuer,works-in,household,insurance,\
             age,established-post,full-time-student,pension,paid-same,paid-higher,paid-this-year,\
             paid-unemployment-insurance\n{cells}\n"
        );
        let written = run_bytes(table.as_bytes(), as_of).unwrap().0;
        ["subsidy.min", "subsidy.max", "subsidy.last", NOTE].map(|heading| column(&written, b',', heading)[0].clone())
    };
    let somebody = |occupation: &str, day: &str, pension: &str| {
        format!(
            "claim,{occupation},3,{day},assessment-organisation,zhuhai,zhuhai,zhuhai-employee,30,no,no,{pension},no,no,no,no"
        )
    };
    let c = |as_of: &str, cells: &str, amounts: [&str; 3], parts: &[&str]| {
        let [min, max, last, note] = row(as_of, cells);
        assert_eq!([min.as_str(), &max, &last], amounts, "{as_of} {cells}");
        assert_eq!(note.is_empty(), parts.is_empty(), "{as_of} {cells}: {note}");
        for part in parts {
            assert!(note.contains(part), "{as_of} {cells}: `{part}` is not in {note}");
        }
    };
    let trainer = somebody("4-04-05-05", "2025-07-31", "no");
    c("2025-12-31", &trainer, ["3120", "3120", "2026-07-31"], &[]);
    c("2026-01-01", &trainer, ["", "", ""], &["规则只到2025年12月31日", "预计能领3120元", "2026年7月30日"]);
    let pensioner = somebody("4-04-05-05", "2025-07-31", "yes");
    c("2026-01-01", &pensioner, ["", "", ""], &["照原来的规则，领不到"]);
    c("2025-12-31", &pensioner, ["", "", "2026-07-31"], &[]);
    c("2025-12-01", &somebody("other", "2025-07-31", "no"), ["", "", "2026-07-31"], &["不在我们有的那部分目录里"]);
    c("2025-12-01", &somebody("", "2025-07-31", "no"), ["", "", "2026-07-31"], &["还没有弄清证书是哪个职业的"]);
    c(
        "2025-12-01",
        &somebody("4-04-05-05", "2024-12-31", "no"),
        ["", "", "2025-12-31"],
        &["发证那天的补贴标准目录我们没有"],
    );
    c("2025-12-01", &somebody("4-04-05-05", "", "no"), ["", "", ""], &["还没有弄清证书是哪天发的"]);
}

/// The amounts for the goal `enrol`.
#[test]
fn the_figures_that_must_come_out() {
    let table = "goal,work-field,years-worked,employer-member,works-in,household,insurance,age,established-post,\
        full-time-student,pension,study-status\n\
        enrol,this,12,yes,zhuhai,zhuhai,zhuhai-employee,30,no,no,no,graduated\n\
        enrol,this,12,no,zhuhai,zhuhai,zhuhai-employee,30,no,no,no,graduated\n\
        enrol,this,12,no,zhuhai,guangdong,none,30,no,no,no,graduated\n\
        enrol,this,12,yes,zhuhai,guangdong,none,30,no,no,no,graduated\n\
        enrol,this,12,no,zhuhai,zhuhai,zhuhai-employee,30,yes,no,no,graduated\n";
    assert_eq!(comma(table, "net-cost.max"), ["0", "380", "1100", "720", "3500"]);
    assert_eq!(comma(table, "subsidy.max"), ["3120", "3120", "2400", "2400", ""]);
    assert_eq!(comma(table, "subsidy.state"), ["met", "met", "met", "met", "not-met"]);
}

#[test]
fn says_what_assess_says() {
    let mut crowd = Crowd::new(&[&TABLES], 7);
    for _ in 0..500 {
        let Person { said, as_of } = crowd.person();
        let (heading, cells): (Vec<&str>, Vec<&str>) =
            said.iter().map(|(id, value)| (id.as_str(), value.as_str())).unzip();
        let table = format!("{}\n{}\n", heading.join(","), cells.join(","));
        let (written, remarks, _) = run_bytes(table.as_bytes(), &as_of.to_string()).unwrap();
        assert_eq!(remarks, Vec::<String>::new(), "{table}");
        let found = contract::to_json(&TABLES, &assess(&TABLES, &answers(&said), as_of));
        for heading in HEADINGS.split(',').filter(|heading| *heading != "error") {
            let (id, part) = heading.split_once('.').unwrap();
            let finding = &found["findings"][id];
            let expected = match part {
                "state" => &finding["state"],
                "last" => &finding["deadline"]["last"],
                bound => &finding["amount"][bound],
            };
            let expected = expected.as_str().unwrap_or("");
            assert_eq!(column(&written, b',', heading), [expected], "{heading} of {table} on {as_of}");
        }
    }
}

const PEOPLE: &str = "姓名,想了解的,证书等级,发证日期,证书职业,年龄,社保,职称\n\
    张三,有了职业技能等级证书，能领多少补贴,三级（高级工）,2025年4月30日,人工智能训练师,30,不知道,没有\n\
    李四,claim,4,2025/4/30,4-04-05-05, ３１ ,zhuhai-employee,dont-know\n\
    王五,claim,３,2025.4.30,其他职业,,没有社保,none\n";

#[test]
fn encodings_and_separators_make_no_difference() {
    let findings = |written: &str, delimiter| -> Vec<Vec<String>> {
        HEADINGS.split(',').chain(["姓名"]).map(|heading| column(written, delimiter, heading)).collect()
    };
    let expected = findings(&run(PEOPLE).0, b',');
    assert_eq!(expected.last().unwrap(), &["张三", "李四", "王五"]);
    for delimiter in [',', ';', '\t'] {
        for newline in ["\n", "\r\n", "\r"] {
            let table = PEOPLE.replace(',', &delimiter.to_string()).replace('\n', newline);
            let marked = format!("\u{feff}{table}");
            let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let gb18030 = GB18030.encode(&table).0;
            let inputs: [(&[u8], bool); 4] =
                [(table.as_bytes(), false), (marked.as_bytes(), true), (&gb18030, false), (&utf16, true)];
            for (at, (input, has_mark)) in inputs.into_iter().enumerate() {
                let (written, remarks, done) = run_bytes(input, "2025-05-10").unwrap();
                let case = format!("encoding {at}, {delimiter:?}, {newline:?}: {remarks:?}");
                assert_eq!(done, Done { rows: 3, bad: 0 }, "{case}");
                assert_eq!(written.starts_with('\u{feff}'), has_mark, "{case}");
                assert_eq!(findings(written.trim_start_matches('\u{feff}'), delimiter as u8), expected, "{case}");
            }
        }
    }
}

/// Numbers with a unit and short names of levels are accepted; ambiguous cells are refused.
#[test]
fn cells_are_read_as_people_write_them() {
    let read = |heading: &str, cell: &str| {
        let (written, ..) = run(&format!("goal,{heading}\nenrol,{cell}\n"));
        column(&written, b',', "error").concat()
    };
    for (heading, cells) in [
        ("age", &["30岁", "30 岁", "30周岁", "３０歲"][..]),
        ("years-worked", &["5年", "5 年", "满5年"][..]),
        ("theory-score", &["70分"][..]),
        ("attendance", &["95%", "95 %", "95％"][..]),
        ("target-level", &["三级", "高级工", "3级", "３級", "三級", "Level 3"][..]),
        ("certificate-level", &["三级", "高级工", "技师"][..]),
        ("works-in", &["珠海"][..]),
    ] {
        for cell in cells {
            assert_eq!(read(heading, cell), "", "{heading}: {cell}");
        }
    }
    for (heading, cell) in [
        ("age", "30分"),
        ("age", "岁"),
        ("age", "30.5岁"),
        ("attendance", "0.95"),
        ("target-level", "级"),
        ("age", "三十"),
    ] {
        assert!(read(heading, cell).contains(heading), "{heading}: {cell}");
    }
}

/// The first 64 KiB don't show the encoding, and characters are split between the pieces that are read.
#[test]
fn chinese_may_come_late() {
    let mut table = "goal,name\n".to_owned();
    (0..20_000).for_each(|row| table += &format!("exam,{row}\n"));
    (0..20_000).for_each(|_| table += "exam,张三丰\n");
    for input in [table.as_bytes(), &GB18030.encode(&table).0] {
        let names = column(&run_bytes(input, "2025-05-10").unwrap().0, b',', "name");
        assert_eq!(names.iter().filter(|name| *name == "张三丰").count(), 20_000);
        assert_eq!(names.len(), 40_000);
    }
}

/// All headings are unique, and so are the values of a question; otherwise one of them could not be used.
#[test]
fn every_heading_and_value_is_understood() {
    for (question, text) in
        TABLES.questions.iter().flat_map(|question| texts().into_iter().map(move |text| (question, text)))
    {
        let id = question.name;
        let values: Vec<(String, String)> = match question.kind {
            Kind::Choice(values) => {
                values.iter().map(|value| (value.id.to_owned(), text.get(value.label).to_owned())).collect()
            }
            Kind::Number(from, to) => vec![(from.to_string(), from.to_string()), (to.to_string(), to.to_string())],
            Kind::Date => vec![("2025-04-09".to_owned(), "2025年4月9日".to_owned())],
        };
        for (value, label) in values {
            for heading in [id, text.get(question.short), text.get(question.title)] {
                let table = |heading: &str, value: &str| match id {
                    "goal" => format!("\"{heading}\"\n\"{value}\"\n"),
                    _ => ["claim", "enrol", "exam"]
                        .iter()
                        .fold(format!("goal,\"{heading}\"\n"), |table, goal| table + &format!("{goal},\"{value}\"\n")),
                };
                let (by_id, by_wording) = (run(&table(id, &value)), run(&table(heading, &label)));
                assert_eq!(by_wording.1, Vec::<String>::new(), "{heading} = {label}");
                for finding in HEADINGS.split(',') {
                    let found = |written: &str| column(written, b',', finding);
                    assert_eq!(found(&by_id.0), found(&by_wording.0), "{finding} of {heading} = {label}");
                }
            }
        }
    }
}

/// Checks the remark for a wrong row between two correct ones.
#[track_caller]
fn bad(row: &str, remark: &str) {
    let good = "claim,30,2025-04-30,x\n";
    let table = format!("goal,年龄,certificate-date,note\n\n{good}{row}\n{good}{good}");
    let (written, remarks, done) = run(&table);
    assert_eq!(remarks[1..], [remark], "{row}");
    assert_eq!(done, Done { rows: 4, bad: 1 }, "{row}");
    let states = column(&written, b',', "subsidy.state");
    assert_eq!(states, ["unknown", "", "unknown", "unknown"], "{row}");
    let errors = column(&written, b',', "error");
    assert!(!errors[1].is_empty() && [0, 2, 3].iter().all(|at| errors[*at].is_empty()), "{errors:?}");
}

#[test]
fn a_bad_row_is_reported_and_the_others_are_done() {
    let age = "It takes a whole number from 0 to 120, or dont-know";
    for (cell, said) in [("thirty", "thirty"), ("30.0", "30.0"), ("121", "121"), ("-1", "-1"), ("三十", "三十")] {
        bad(&format!("claim,{cell},,x"), &format!("line 4, column 2 (`年龄`): can't be `{said}`. {age}"));
    }
    let date = "It takes a day such as 2025-07-31, not after the as-of date, or dont-know";
    for cell in ["30/4/2025", "2025/2/29", "2025-4", "2025/4-30", "2025年4月30", "25/4/30", "2025/+4/30", "45777"] {
        bad(
            &format!("claim,30,{cell},x"),
            &format!("line 4, column 3 (`certificate-date`): can't be `{cell}`. {date}"),
        );
    }
    let future = "can't be 2025-05-11, after the as-of date 2025-05-10";
    bad("claim,30,2025/5/11,x", &format!("line 4, column 3 (`certificate-date`): {future}. {date}"));
    let goal = "It takes one of enrol, exam, claim";
    bad(",30,,x", &format!("line 4, column 1 (`goal`): is missing. {goal}"));
    for cell in ["dont-know", "不知道", "Claim"] {
        bad(&format!("{cell},30,,x"), &format!("line 4, column 1 (`goal`): can't be `{cell}`. {goal}"));
    }
    let cells = "cells, the heading 4. Write as many, empty where nothing is known";
    bad("claim,30,", &format!("line 4, column 4 (`note`): the row has 3 {cells}"));
    bad("claim,30,,x,y", &format!("line 4, column 5 (``): the row has 5 {cells}"));
}

#[test]
fn a_stray_quotation_mark_costs_its_own_row_only() {
    let said = "has a quotation mark that isn't closed, or text behind it. Write a cell with quotation marks as \
        \"...\", and each one inside it twice";
    bad("claim,30,,\"x", &format!("line 4, column 4 (`note`): {said}"));
    bad("claim,\"30,,x", &format!("line 4, column 2 (`年龄`): {said}"));
    bad("claim,\"30\"1,,x", &format!("line 4, column 2 (`年龄`): {said}"));
    // Closed by a later row's.
    let (written, remarks, done) = run("goal,note\nclaim,\"x\nclaim,y\nclaim,\"z\"\n");
    assert_eq!(remarks[1..], [format!("line 2, column 2 (`note`): {said}")]);
    assert_eq!(done, Done { rows: 3, bad: 1 });
    assert_eq!(column(&written, b',', "note"), ["\"x", "y", "z"]);
}

#[test]
fn all_that_is_wrong_with_a_row_is_said_at_once() {
    let (written, remarks, done) = run("goal,age,sex\nclaim,x,y\n");
    assert_eq!((remarks.len(), done.bad), (2, 1));
    let error = &column(&written, b',', "error")[0];
    assert!(error.starts_with("`age`: can't be `x`.") && error.contains("; `sex`: can't be `y`."), "{error}");
}

#[test]
fn lines_are_counted_through_cells_of_several_lines() {
    let (_, remarks, _) = run("goal,note\r\n\r\nclaim,\"a\r\n\"\"b\"\"\r\nc\"\r\nclaims,\r\n\r\nclaimed,");
    let lines: Vec<&str> = remarks[1..].iter().map(|remark| remark.split(" (").next().unwrap()).collect();
    assert_eq!(lines, ["line 6, column 1", "line 8, column 1"]);
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    let mut table = "goal,备注\nexam,好\nexam,".as_bytes().to_vec();
    // Beyond the first piece, whose encoding is plain.
    let filler = "x".repeat(70_000);
    table.extend(format!("{filler}\nexam,").bytes());
    table.extend(b"\xff\xfe\nexam,y\n");
    let (_, remarks, done) = run_bytes(&table, "2025-05-10").unwrap();
    assert!(remarks[1].starts_with("line 4, column 2 (`备注`): has bytes that are no text."), "{remarks:?}");
    assert_eq!(done, Done { rows: 4, bad: 1 });
}

#[test]
fn other_columns_are_passed_through_and_never_run() {
    let cells = [
        ("plain", "plain"),
        ("\"a,\"\"b\"\"\"", "a,\"b\""),
        ("\"two\nlines\"", "two\nlines"),
        (" =1", " =1"),
        ("a=1", "a=1"),
        ("=1+1", "'=1+1"),
        ("\"=HYPERLINK(\"\"x\"\",1)\"", "'=HYPERLINK(\"x\",1)"),
        ("+86 756", "'+86 756"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\"\r=1\"", "'\r=1"),
        ("\"\n=1\"", "'\n=1"),
        ("＝1", "'＝1"),
        ("'=1", "'=1"),
    ];
    for (cell, expected) in cells {
        assert_eq!(comma(&format!("goal,note\nexam,{cell}\n"), "note"), [expected], "{cell:?}");
    }
    let (written, remarks, _) = run("=note,goal\nx,=1\n");
    assert!(written.starts_with("'=note,goal,"), "{written}");
    assert!(written.contains("\nx,'=1,"), "{written}");
    assert_eq!(remarks[0], "column 1 (`=note`) is no question and is passed through");
}

#[test]
fn a_corrected_table_can_be_run_again() {
    let (first, ..) = run("name,goal,age\n=x,exam,30\ny,claim,thirty\n");
    let (second, remarks, done) = run(&first.replace("claim,thirty", "claim,30"));
    assert_eq!(second.lines().next(), first.lines().next());
    assert_eq!((remarks.len(), done), (1, Done { rows: 2, bad: 0 }));
    assert_eq!(column(&second, b',', "name"), ["'=x", "y"]);
    assert_eq!(column(&second, b',', "error"), ["", ""]);
}

#[test]
fn rows_in_which_nobody_stands_are_no_error() {
    let (written, remarks, done) = run("goal,age\nexam,30\n,\n\n");
    assert_eq!((remarks, done), (vec![], Done { rows: 2, bad: 0 }));
    assert_eq!(column(&written, b',', "resit.state"), ["unknown", ""]);
}

#[test]
fn what_is_no_table_is_refused() {
    let refused = |input: &[u8]| run_bytes(input, "2025-05-10").unwrap_err().to_string();
    assert!(refused(b"").starts_with("the table is empty"));
    assert!(refused(b"\n\r\n").starts_with("the table is empty"));
    assert!(refused(b"name,age\nx,1\n").starts_with("no column says what is wanted"));
    assert!(refused("goal,age,年龄\n".as_bytes()).starts_with("columns 2 and 3 are both the question `age`"));
    assert!(refused(b"goal,\"age\nexam,1\n").starts_with("the first line, with the headings, can't be read"));
    assert!(refused(&vec![b'x'; 1 << 21]).starts_with("line 1 is too long"));
}

/// An input whose rows are created when they are read.
struct Endless {
    left: usize,
    rest: Vec<u8>,
    made: Rc<Cell<usize>>,
}

impl io::Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && 0 < self.left {
            self.left -= 1;
            self.rest = "张三,claim,30,2025-04-30\n".as_bytes().to_vec();
            self.made.set(self.made.get() + self.rest.len());
        }
        let length = into.len().min(self.rest.len());
        into[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

/// An output that records how far reading is ahead of writing.
struct Lag {
    rows: usize,
    made: Rc<Cell<usize>>,
    most: usize,
}

impl io::Write for Lag {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let row = "张三,claim,30,2025-04-30\n".len();
        self.most = self.most.max(self.made.get().saturating_sub(self.rows * row));
        self.rows += bytes.iter().filter(|byte| **byte == b'\n').count();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn as_many_rows_as_there_are_need_no_more_memory() {
    let made = Rc::new(Cell::new(0));
    let rest = "name,goal,age,certificate-date\n".as_bytes().to_vec();
    let input = Endless { left: 200_000, rest, made: made.clone() };
    let mut output = Lag { rows: 0, made, most: 0 };
    let batch = Batch { tables: &TABLES, texts: texts(), as_of: day("2025-05-10") };
    let done = batch.run(input, &mut output, |_| ()).unwrap();
    assert_eq!(done, Done { rows: 200_000, bad: 0 });
    assert_eq!(output.rows, 200_001);
    assert!(output.most < 512 * 1024, "{} bytes read ahead", output.most);
}
