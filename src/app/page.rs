//! Which page a fragment means. No fragment holds an answer.

use tables::QuestionId;

/// A page of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    Start,
    /// Whatever is to be asked next.
    Next,
    Question(QuestionId),
    Answers,
    Result,
}

impl Page {
    /// A fragment that means nothing is the start: old links and typing errors end there.
    pub fn from_fragment(fragment: &str) -> Page {
        match fragment {
            "q" => Page::Next,
            "answers" => Page::Answers,
            "result" => Page::Result,
            other => other.strip_prefix("q/").and_then(QuestionId::from_id).map_or(Page::Start, Page::Question),
        }
    }

    pub fn fragment(self) -> String {
        match self {
            Page::Start => String::new(),
            Page::Next => "q".to_owned(),
            Page::Question(id) => format!("q/{}", id.id()),
            Page::Answers => "answers".to_owned(),
            Page::Result => "result".to_owned(),
        }
    }

    /// For a link.
    pub fn address(self) -> String {
        format!("#{}", self.fragment())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_fragments() {
        for page in [Page::Start, Page::Next, Page::Question(QuestionId::Age), Page::Answers, Page::Result] {
            assert_eq!(Page::from_fragment(&page.fragment()), page);
        }
        for nothing in ["q/", "q/nobody", "Q/age", "result/", "q/age=30", "%00"] {
            assert_eq!(Page::from_fragment(nothing), Page::Start, "{nothing}");
        }
    }
}
