//! Invented people with whom several tests begin, as records. The browser tests read this file too.

/// May sit the exam and gets the base amount without the uplift: lives in Zhuhai without insurance.
pub const ENROL: &str = "1;goal=enrol;work-field=this;years-worked=3;certificate-held=4;\
                         years-worked-since-certificate=4;title=none;education=university;major=matching;\
                         study-status=graduated;works-in=zhuhai;employer-member=no;household=zhuhai;insurance=none;\
                         age=30;established-post=no;full-time-student=no;pension=no";

/// Passed one of two subjects.
pub const EXAM: &str = "1;goal=exam;theory-score=60;practice-score=59;passed-on=2025-07-05;resit-used=no;attendance=90";

/// Meets everything for 3120 yuan.
pub const CLAIM: &str = "1;goal=claim;certificate-occupation=4-04-05-05;certificate-level=3;\
                         certificate-date=2025-07-31;certificate-issuer=assessment-organisation;works-in=zhuhai;\
                         household=zhuhai;insurance=zhuhai-employee;age=30;established-post=no;full-time-student=no;\
                         pension=no;paid-same=no;paid-higher=no;paid-this-year=no;paid-unemployment-insurance=no";
