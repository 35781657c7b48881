//! A receipt printer on loopback that speaks ESC/POS: it prints the dots it is sent, answers
//! how it stands, and fails in every way in which a real one fails.

use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How many slips are kept.
const AT_MOST: usize = 40;

/// How the printer behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// It prints.
    #[default]
    Ready,
    /// Its paper ends soon.
    Low,
    /// Its paper has run out.
    Out,
    /// Its cover is open.
    Open,
    /// Paper is stuck.
    Stuck,
    /// It takes what it is sent and then the line is cut, before it answers.
    Cut,
    /// Its paper runs out in the middle of the next slip.
    OutInTheMiddle,
}

impl Mood {
    /// Reads its word: `ready`, `low`, `out`, `open`, `stuck`, `cut`, `out-in-the-middle`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "ready" => Self::Ready,
            "low" => Self::Low,
            "out" => Self::Out,
            "open" => Self::Open,
            "stuck" => Self::Stuck,
            "cut" => Self::Cut,
            "out-in-the-middle" => Self::OutInTheMiddle,
            _ => return None,
        })
    }

    /// What it answers to `DLE EOT` 1, 2 and 4.
    fn answer(self, about: u8) -> u8 {
        match (self, about) {
            (Self::Out | Self::Open | Self::Stuck, 1) => 0x1a,
            (Self::Out, 2) => 0x32,
            (Self::Open, 2) => 0x16,
            (Self::Stuck, 2) => 0x52,
            (Self::Low, 4) => 0x1e,
            (Self::Out, 4) => 0x72,
            _ => 0x12,
        }
    }
}

/// A slip that came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// Bytes in a row.
    pub row_bytes: usize,
    /// The dots, the leftmost in the highest bit, 1 for black.
    pub bits: Vec<u8>,
    /// Whether it was cut off.
    pub is_cut: bool,
}

impl Slip {
    /// The slip as a bitmap of two colours (BMP).
    #[must_use]
    pub fn bmp(&self) -> Vec<u8> {
        let row = self.row_bytes.max(1);
        let rows = self.bits.len() / row;
        let padded = row.div_ceil(4) * 4;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
        let mut out = Vec::with_capacity(62 + padded * rows);
        out.extend(b"BM");
        out.extend(number(62 + padded * rows));
        out.extend([0; 4]);
        out.extend(number(62));
        out.extend(number(40));
        out.extend(number(row * 8));
        out.extend(number(rows));
        out.extend([1, 0, 1, 0]);
        out.extend([0; 4]);
        out.extend(number(padded * rows));
        // 203 dots an inch.
        out.extend(number(7992));
        out.extend(number(7992));
        out.extend(number(2));
        out.extend([0; 4]);
        out.extend([0xff, 0xff, 0xff, 0, 0, 0, 0, 0]);
        for line in self.bits.chunks_exact(row).rev() {
            out.extend(line);
            out.extend(vec![0; padded - row]);
        }
        out
    }
}

#[derive(Debug, Default)]
struct Kept {
    mood: Mood,
    slips: Vec<Slip>,
}

/// A receipt printer. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct ReceiptPrinter(Arc<Mutex<Kept>>);

impl ReceiptPrinter {
    fn with<T>(&self, read: impl FnOnce(&mut Kept) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets it behave so from now on.
    pub fn set(&self, mood: Mood) {
        self.with(|kept| kept.mood = mood);
    }

    /// How it behaves.
    #[must_use]
    pub fn mood(&self) -> Mood {
        self.with(|kept| kept.mood)
    }

    /// The slips that came out, the oldest first.
    #[must_use]
    pub fn slips(&self) -> Vec<Slip> {
        self.with(|kept| kept.slips.clone())
    }

    /// Answers at an address until its listener ends.
    pub async fn serve(self, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            let printer = self.clone();
            tokio::spawn(async move {
                // A line that breaks is nothing a printer tells of.
                let _ = printer.talk(stream).await;
            });
        }
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut line = BufReader::new(stream);
        let mut slip = Slip::default();
        loop {
            match line.read_u8().await? {
                0x10 => {
                    let (command, about) = (line.read_u8().await?, line.read_u8().await?);
                    if command == 0x04 {
                        line.write_u8(self.mood().answer(about)).await?;
                    }
                }
                0x1b => match line.read_u8().await? {
                    b'@' => slip = Slip::default(),
                    b'd' => drop(line.read_u8().await?),
                    _ => {}
                },
                0x1d => match line.read_u8().await? {
                    b'v' => self.dots(&mut line, &mut slip).await?,
                    b'V' => {
                        if line.read_u8().await? >= 65 {
                            line.read_u8().await?;
                        }
                        self.cut(&mut slip);
                    }
                    b'r' => {
                        line.read_u8().await?;
                        match self.mood() {
                            // The line is cut before it can say so.
                            Mood::Cut => return Ok(()),
                            Mood::Out => line.write_u8(0b1100).await?,
                            _ => line.write_u8(0).await?,
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// `GS v 0`: a band of dots.
    async fn dots(&self, line: &mut BufReader<TcpStream>, slip: &mut Slip) -> std::io::Result<()> {
        line.read_u8().await?;
        line.read_u8().await?;
        slip.row_bytes = usize::from(line.read_u16_le().await?);
        let rows = usize::from(line.read_u16_le().await?);
        let mut band = vec![0; slip.row_bytes * rows];
        line.read_exact(&mut band).await?;
        if self.mood() == Mood::OutInTheMiddle && !slip.bits.is_empty() {
            self.set(Mood::Out);
        }
        if !matches!(self.mood(), Mood::Out | Mood::Open | Mood::Stuck) {
            slip.bits.extend(band);
        }
        Ok(())
    }

    fn cut(&self, slip: &mut Slip) {
        let mut done = std::mem::take(slip);
        self.with(|kept| {
            if done.bits.is_empty() {
                return;
            }
            done.is_cut = kept.mood != Mood::Out;
            kept.slips.push(done);
            if kept.slips.len() > AT_MOST {
                kept.slips.remove(0);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn printer() -> (ReceiptPrinter, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let printer = ReceiptPrinter::default();
        tokio::spawn(printer.clone().serve(listener));
        (printer, TcpStream::connect(address).await.unwrap())
    }

    #[tokio::test]
    async fn it_prints_what_it_is_sent_and_answers_behind_it() {
        let (printer, mut line) = printer().await;
        line.write_all(&[0x1b, b'@', 0x1d, b'v', b'0', 0, 1, 0, 2, 0, 0xf0, 0x0f]).await.unwrap();
        line.write_all(&[0x1b, b'd', 3, 0x1d, b'V', 66, 0, 0x1d, b'r', 1]).await.unwrap();
        assert_eq!(line.read_u8().await.unwrap(), 0);
        let slips = printer.slips();
        assert_eq!(slips, [Slip { row_bytes: 1, bits: vec![0xf0, 0x0f], is_cut: true }]);
        assert_eq!(&slips[0].bmp()[..2], b"BM");
    }

    #[tokio::test]
    async fn without_paper_nothing_comes_out_and_it_says_so() {
        let (printer, mut line) = printer().await;
        printer.set(Mood::Out);
        line.write_all(&[0x10, 0x04, 4]).await.unwrap();
        assert_eq!(line.read_u8().await.unwrap(), 0x72);
        line.write_all(&[0x1d, b'v', b'0', 0, 1, 0, 1, 0, 0xff, 0x1d, b'V', 66, 0, 0x1d, b'r', 1])
            .await
            .unwrap();
        assert_eq!(line.read_u8().await.unwrap(), 0b1100);
        assert!(printer.slips().is_empty());
    }

    #[tokio::test]
    async fn a_cut_line_leaves_nobody_knowing() {
        let (printer, mut line) = printer().await;
        printer.set(Mood::Cut);
        line.write_all(&[0x1d, b'v', b'0', 0, 1, 0, 1, 0, 0xff, 0x1d, b'V', 66, 0, 0x1d, b'r', 1])
            .await
            .unwrap();
        assert!(line.read_u8().await.is_err());
        assert_eq!(printer.slips().len(), 1);
    }
}
