//! How a job is run in one transaction on either engine.

use crate::acts::{Ended, Erased};
use crate::batch::Batch;
use crate::fault::{Fault, Stop};
use crate::meetings::Lock;
use crate::pg;
use crate::rehearsal::{Rehearsal, Rehearsed, Shared, Written};
use crate::sqlite::{self, Sqlite, Step};
use crate::tx::{Known, Line, Tx, changed_meanwhile};
use deadpool_postgres::{Client, Pool};
use diwan_domain::acts::Desk;
use diwan_domain::refusals::Why;
use serde_json::Value;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tokio::sync::oneshot;
use tokio_postgres::IsolationLevel;
use tracing::error;

/// Something to run in a transaction.
pub(crate) trait Job: Send + Sync + 'static {
    /// The act it carries out, if a repeat of it is to find the first outcome.
    fn act(&self) -> Option<(&dyn Erased, &Desk)> {
        None
    }

    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> crate::acts::Boxed<'a, Ended>;

    /// How it stands apart from others on a server. Whatever an act may rest on is
    /// serialisable; a job that is not must say why it needs no more.
    fn isolation(&self) -> IsolationLevel {
        IsolationLevel::Serializable
    }
}

/// Polls a future exactly once: nothing may wait inside a transaction here.
fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

/// Carries an act out beside the writer, where that can be done.
pub(crate) fn rehearse(sqlite: &Sqlite, shared: &Shared, job: &dyn Job) -> Option<Rehearsed> {
    let (act, _) = job.act().filter(|(act, _)| shared.is_worth(act.name()))?;
    let rehearsal = Rehearsal::begin(shared, act.name());
    let mut reader = sqlite.reader().ok()?;
    let conn = reader.conn();
    conn.execute_batch("BEGIN").ok()?;
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let mut tx = Tx::new(Line::Rehearsing(&mut *conn, rehearsal), true);
        let ended = poll_once(job.run(&mut tx))?;
        tx.rehearsed(ended)
    }));
    // Cheaper than the reader's own end of a view; where it fails, that one follows.
    let _ended_otherwise = conn.execute_batch("COMMIT");
    // Whoever panics here will do so before the writer, and be told of there.
    attempt.ok().flatten()
}

/// A job on its way to the writer.
pub(crate) struct Submitted {
    pub shared: Arc<Shared>,
    pub job: Arc<dyn Job>,
    pub rehearsed: Option<Rehearsed>,
    pub answer: oneshot::Sender<Result<Value, Stop>>,
}

impl Submitted {
    /// As the writer takes it.
    pub fn boxed(self) -> sqlite::Job {
        Box::new(move |conn, batch, may_wait| carry_out(conn, batch, self, may_wait))
    }

    fn answered(self, ended: Result<Ended, Fault>) -> Step {
        let (keep, result) = match ended {
            Ok(Ended::Commit(out)) => (true, Ok(out)),
            Ok(Ended::CommitRefusal(stop)) => (true, Err(stop)),
            Ok(Ended::Undo(stop)) => (false, Err(stop)),
            Err(fault) => (false, Err(fault.into())),
        };
        let answer = self.answer;
        Step::Done(Box::new(move |committed| {
            let result = match (committed, result) {
                (true, result) => result,
                (false, Err(stop)) if !keep => Err(stop),
                (false, _) => Err(Fault::Away("the batch was not committed".into()).into()),
            };
            let _caller_is_gone = answer.send(result);
        }))
    }
}

/// Writes what was rehearsed, or carries the act out.
fn carry_out(
    conn: &mut rusqlite::Connection,
    batch: &mut Batch,
    mut submitted: Submitted,
    may_wait: bool,
) -> Step {
    if let Some(rehearsed) = submitted.rehearsed.take() {
        match batch.write(conn, rehearsed, &submitted.shared, may_wait) {
            Ok(Written::All(ended, _)) => return submitted.answered(Ok(ended)),
            Ok(Written::NotYet(rehearsed)) => {
                submitted.rehearsed = Some(*rehearsed);
                return Step::NotYet(submitted.boxed());
            }
            Ok(Written::Nothing | Written::Half) => {}
            Err(fault) => return submitted.answered(Err(fault)),
        }
    }
    let ended = batch.apart(conn, |conn| {
        let ended = run_anew(conn, &submitted.shared, &*submitted.job);
        let keep = !matches!(ended, Ended::Undo(_));
        (ended, keep)
    });
    submitted.answered(ended)
}

fn run_anew(conn: &mut rusqlite::Connection, shared: &Shared, job: &dyn Job) -> Ended {
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let mut tx = Tx::new(Line::Sqlite(conn, Some(shared)), true);
        poll_once(job.run(&mut tx))
    }));
    match attempt {
        Ok(Some(ended)) => ended,
        Ok(None) => Ended::Undo(Fault::Waited.into()),
        Err(panic) => {
            let text = panic_text(&*panic);
            error!("an act panicked: {text}");
            Ended::Undo(Fault::Panicked(text).into())
        }
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".into())
}

/// A connection on loan that may hold a lock: while it does it is closed rather than given
/// back, also when whoever asked for the act is gone and nobody waits for its end.
struct Loan {
    client: Option<Client>,
    held: Option<Lock>,
}

impl Loan {
    fn client(&mut self) -> &mut Client {
        self.client.as_mut().expect("a loan has its connection until it is dropped")
    }

    fn close(&mut self) {
        drop(self.client.take().map(Client::take));
    }

    /// Takes the lock; `false` when an act of another node has it.
    async fn lock(&mut self, lock: Lock) -> Result<bool, Fault> {
        // From before it is asked for: the answer may be lost.
        self.held = Some(lock);
        let is_taken = lock.take(self.client()).await?;
        self.held = self.held.filter(|_| is_taken);
        Ok(is_taken)
    }

    async fn unlock(&mut self) {
        if let Some(lock) = self.held
            && lock.give_back(self.client()).await.is_ok()
        {
            self.held = None;
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if self.held.is_some() {
            self.close();
        }
    }
}

/// Runs a job on the server, within the time that a server is given; `None` when an act of
/// another node has its turn. When the server says nothing, its connection is closed, and
/// nobody knows whether the job was done: whoever repeats an act with its key is told.
pub(crate) async fn run_on_server(
    pool: &Pool,
    job: &dyn Job,
    lock: Option<Lock>,
) -> Option<Result<Value, Stop>> {
    let mut loan = match pg::client(pool).await {
        Ok(client) => Loan { client: Some(client), held: None },
        Err(fault) => return Some(Err(fault.into())),
    };
    let running = async {
        if let Some(lock) = lock {
            match loan.lock(lock).await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(fault) => return Some(Err(fault.into())),
            }
        }
        let ended = run_on(loan.client(), job).await;
        loan.unlock().await;
        Some(ended)
    };
    match tokio::time::timeout(pg::SILENCE, running).await {
        Ok(ended) => ended,
        Err(_) => {
            loan.close();
            // The others on loan find out by themselves; those at rest lead to the same server.
            pool.retain(|_, _| false);
            Some(Err(Fault::Silent.into()))
        }
    }
}

/// What an act looks up before its transaction. A fault here is met again within it.
async fn looked_ahead(client: &Client, job: &dyn Job) -> Known {
    let Some((act, desk)) = job.act() else { return Known::default() };
    let mut tx = Tx::looking_ahead(Line::PgRead(client, None));
    // Whatever stops the act here stops it again within its transaction, which tells.
    let _ended = act.look_ahead_erased(desk, &mut tx).await;
    tx.looked()
}

async fn run_on(client: &mut Client, job: &dyn Job) -> Result<Value, Stop> {
    let looked = looked_ahead(client, job).await;
    let is_loose = !looked.is_empty();
    match transaction(client, job, looked).await {
        // A row was changed since it was looked up: asked within, nothing is out of date.
        Err(stop) if is_loose && stop.code() == Why::ChangedMeanwhile.code() => {
            transaction(client, job, Known::default()).await
        }
        other => other,
    }
}

async fn transaction(client: &mut Client, job: &dyn Job, looked: Known) -> Result<Value, Stop> {
    let transaction =
        client.build_transaction().isolation_level(job.isolation()).start().await.map_err(Fault::from)?;
    let ended = {
        let mut tx = Tx::new(Line::Pg(&transaction), true).knowing(looked);
        match job.run(&mut tx).await {
            Ended::Undo(stop) => Ended::Undo(stop),
            // Nothing that was written may still wait.
            kept => match tx.flush().await {
                Ok(()) => kept,
                Err(fault) => Ended::Undo(changed_meanwhile(fault)),
            },
        }
    };
    match ended {
        Ended::Commit(out) => {
            transaction.commit().await.map_err(Fault::from)?;
            Ok(out)
        }
        Ended::CommitRefusal(stop) => {
            transaction.commit().await.map_err(Fault::from)?;
            Err(stop)
        }
        Ended::Undo(stop) => {
            transaction.rollback().await.map_err(Fault::from)?;
            Err(stop)
        }
    }
}
