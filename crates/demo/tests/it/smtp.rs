//! The mail server, spoken to by a real client and by a rude one.

use diwan_demo::simulators::{Inbox, smtp_serve};
use lettre::message::{MultiPart, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

async fn serve() -> (Inbox, u16) {
    let inbox = Inbox::in_memory();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(smtp_serve(listener, inbox.clone()));
    (inbox, port)
}

fn client(port: u16) -> AsyncSmtpTransport<Tokio1Executor> {
    AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(port)
        .credentials(Credentials::new("diwan".into(), "secret".into()))
        .build()
}

const SUBJECT: &str = "داواکارییەکەت گەیشت — ژمارەی KQ7-000-204";

fn message() -> lettre::message::MessageBuilder {
    Message::builder()
        .from("دیوان <diwan@gov.example>".parse().unwrap())
        .to("شیلان ئازاد <shilan@example.org>".parse().unwrap())
        .subject(SUBJECT)
}

#[tokio::test]
async fn an_email_in_kurdish_arrives_as_it_was_written() {
    let (inbox, port) = serve().await;
    let text = "سڵاو،\n.خاڵێک لە سەرەتای دێڕ\n..\n.\nhttps://diwan.example/resume?x=1&y=2\nکۆتایی";
    let mail = message().header(ContentType::TEXT_PLAIN).body(text.to_owned()).unwrap();
    client(port).send(mail).await.unwrap();

    let received = inbox.list().remove(0);
    assert_eq!(received.text, text);
    assert_eq!(received.subject, SUBJECT);
    assert_eq!((received.channel.as_str(), received.to.as_str()), ("email", "shilan@example.org"));
    assert!(
        received.from.contains("دیوان") && received.from.contains("diwan@gov.example"),
        "{}",
        received.from
    );
}

#[tokio::test]
async fn both_forms_of_an_email_are_kept() {
    let (inbox, port) = serve().await;
    let long = "وشە ".repeat(400);
    let both = MultiPart::alternative_plain_html(long.clone(), format!("<p lang=\"ckb\">{long}</p>"));
    client(port).send(message().multipart(both).unwrap()).await.unwrap();
    let received = inbox.list().remove(0);
    assert_eq!(received.text, long.trim_end());
    assert!(received.html.unwrap().starts_with("<p lang=\"ckb\">وشە"));
}

#[tokio::test]
async fn one_connection_carries_many_messages() {
    let (inbox, port) = serve().await;
    let client = client(port);
    for number in 0..5 {
        client.send(message().body(format!("message {number}")).unwrap()).await.unwrap();
    }
    let texts: Vec<String> = inbox.list().into_iter().map(|mail| mail.text).collect();
    assert_eq!(texts, ["message 4", "message 3", "message 2", "message 1", "message 0"]);
}

struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn begin(port: u16) -> Self {
        let mut talk = Self(BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap()));
        assert_eq!(talk.hear().await, 220);
        talk
    }

    async fn say(&mut self, line: &str) -> u16 {
        self.0.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.hear().await
    }

    async fn hear(&mut self) -> u16 {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            if line.as_bytes().get(3) == Some(&b' ') {
                return line[..3].parse().unwrap();
            }
        }
    }
}

#[tokio::test]
async fn commands_out_of_order_are_refused_and_the_talk_goes_on() {
    let (inbox, port) = serve().await;
    let mut talk = Talk::begin(port).await;
    let long = "x".repeat(10_000);
    for (line, answer) in [
        ("MAIL FROM:<a@b.co>", 503),
        ("EHLO client", 250),
        ("DATA", 503),
        ("RCPT TO:<c@d.co>", 503),
        ("MAIL FROM:a@b.co", 501),
        ("MAIL FROM:<a@b.co> SIZE=99999999", 552),
        ("AUTH LOGIN", 504),
        ("AUTH PLAIN AGEAYg==", 235),
        (long.as_str(), 500),
        ("HELP", 502),
        ("NOOP", 250),
        ("mail from:<a@b.co>", 250),
        ("MAIL FROM:<a@b.co>", 503),
        ("RCPT TO:<nobody>", 553),
        ("RCPT TO:<c@d.co>", 250),
        ("RSET", 250),
        ("DATA", 503),
        ("MAIL FROM:<>", 250),
        ("RCPT TO:<c@d.co>", 250),
        ("RCPT TO:<e@f.co>", 250),
        ("DATA", 354),
        ("Subject: bounce\r\n\r\n..dot\r\nend\r\n.", 250),
        ("QUIT", 221),
    ] {
        assert_eq!(talk.say(line).await, answer, "{}", &line[..line.len().min(40)]);
    }
    let mails = inbox.list();
    assert_eq!(mails.len(), 2);
    assert_eq!((mails[1].to.as_str(), mails[1].text.as_str()), ("c@d.co", ".dot\nend"));
}

#[tokio::test]
async fn a_message_too_large_is_refused_and_not_kept() {
    let (inbox, port) = serve().await;
    let mut talk = Talk::begin(port).await;
    for (line, answer) in
        [("EHLO c", 250), ("MAIL FROM:<a@b.co>", 250), ("RCPT TO:<c@d.co>", 250), ("DATA", 354)]
    {
        assert_eq!(talk.say(line).await, answer);
    }
    let line = format!("{}\r\n", "y".repeat(998)).repeat(1000);
    for _ in 0..11 {
        talk.0.write_all(line.as_bytes()).await.unwrap();
    }
    assert_eq!(talk.say(".").await, 552);
    assert_eq!(talk.say("NOOP").await, 250);
    assert!(inbox.list().is_empty());
}
