//! The server engine: SERIALIZABLE transactions, pipelined statements and a
//! cache of prepared ones.

use crate::fault::Fault;
use crate::tls::Tls;
use crate::value::{Row, Val};
use bytes::BytesMut;
use deadpool_postgres::{
    Connect, GenericClient, Manager, ManagerConfig, Pool, QueueMode, RecyclingMethod, Runtime,
};
use futures_util::TryStreamExt;
use futures_util::future::{BoxFuture, FutureExt, TryFutureExt, select_ok, try_join_all};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, Connection, Error, Socket, Statement};
use tracing::warn;

impl ToSql for Val {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) => match *ty {
                Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
                Type::INT8 => n.to_sql(ty, out),
                _ => Err(format!("a number cannot stand in a {ty}").into()),
            },
            Self::Text(text) => text.to_sql(ty, out),
            Self::Bytes(bytes) if *ty == Type::UUID => {
                out.extend_from_slice(bytes);
                Ok(IsNull::No)
            }
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
            Self::Id(id) => {
                out.extend_from_slice(id);
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Constraints on which two acts meet that both looked first and found nothing:
/// running again, the second finds what the first one wrote.
const RACED: [&str; 23] = [
    "acts_once",
    "series_once",
    "series_prefix_key",
    "services_once",
    "offices_code_key",
    "centres_code_key",
    "counters_once",
    "officers_login_key",
    "queue_days_once",
    "tickets_once",
    "visit_cases_once",
    "devices_once",
    "print_jobs_once",
    "units_installation_once",
    "units_letters_once",
    "merge_conflicts_once",
    "call_backs_once",
    "call_back_draws_once",
    "releases_once",
    "release_entries_once",
    "rating_asks_once",
    "visit_people_once",
    "appointment_answers_once",
];

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        let code = error.code().cloned();
        let text = error
            .as_db_error()
            .map_or_else(|| whole(&error), |db| format!("{} ({})", db.message(), db.code().code()));
        match code {
            Some(code)
                if code == SqlState::T_R_SERIALIZATION_FAILURE
                    || code == SqlState::T_R_DEADLOCK_DETECTED
                    || (code == SqlState::UNIQUE_VIOLATION
                        && RACED.iter().any(|name| text.contains(name))) =>
            {
                Self::Collision(text)
            }
            Some(code) if is_away(&code) => Self::Away(text),
            // Without a code the server said nothing: the connection broke.
            None if error.is_closed() || text.contains("error communicating with the server") => {
                Self::Away(text)
            }
            _ => Self::Engine(text),
        }
    }
}

/// Whether a code says that the server is not there for writing now: connection
/// lost (class 08), out of disk, memory or connections (53), stopping, starting
/// or crashed (57P), its disk failed (58), or only a follower (25006).
fn is_away(code: &SqlState) -> bool {
    let code = code.code();
    ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class)) || code == "25006"
}

pub(crate) fn pool(url: &str, size: usize) -> Result<Pool, Fault> {
    let crate::tls::Address { mut servers, tls } = crate::tls::address(url)?;
    for config in &mut servers {
        config.application_name("diwan");
        // SERIALIZABLE remembers what was read: a whole table when it is scanned, a
        // few keys when an index is used. Scans of tables that are small, or that
        // nobody analysed yet, would make every two acts collide.
        let asked = config.get_options().unwrap_or_default().to_owned();
        // What cannot do without a scan then seems so dear that the server would compile
        // the question to machine code first, for many milliseconds.
        config.options(format!("-c enable_seqscan=off -c jit=off {asked}").trim_end());
        notice_silence(config);
    }
    let first = servers.first().cloned().unwrap_or_default();
    let manager = Manager::from_connect(
        first,
        Servers { servers, tls },
        ManagerConfig { recycling_method: RecyclingMethod::Fast },
    );
    Pool::builder(manager)
        .max_size(size)
        // The one that was used last has its statements prepared and its server's caches warm.
        .queue_mode(QueueMode::Lifo)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(5)))
        .create_timeout(Some(Duration::from_secs(5)))
        .build()
        .map_err(|error| Fault::Outside(error.to_string()))
}

/// How long a whole act may take on the server, and one question outside an
/// act. A server that was cut off or stopped says nothing at all: without a
/// limit its callers would wait for hours, and the node with them.
pub(crate) const SILENCE: Duration = Duration::from_secs(20);

/// A machine that is gone answers no packet: the kernel notices, unless the
/// address says how.
fn notice_silence(config: &mut Config) {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(4));
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_idle(Duration::from_secs(10));
        config.keepalives_interval(Duration::from_secs(5));
        config.keepalives_retries(3);
    }
}

/// The servers of one address. Of several all are asked at once, and the first
/// that answers as the address wants is taken: asked one after the other, a
/// stopped machine at the head of the list would hide the one that took over.
struct Servers {
    servers: Vec<Config>,
    tls: Tls,
}

impl Connect for Servers {
    fn connect(&self, _first: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), Error>> {
        let asked = self.servers.iter().map(|server| {
            async move {
                let (client, connection) = server.connect(self.tls.clone()).await?;
                Ok((client, tokio::spawn(run(connection))))
            }
            .boxed()
        });
        select_ok(asked).map_ok(|(connected, _others)| connected).boxed()
    }
}

/// Drives a connection until it ends.
async fn run<S: AsyncRead + AsyncWrite + Unpin>(connection: Connection<Socket, S>) {
    if let Err(error) = connection.await {
        warn!("a connection to the database ended: {}", whole(&error));
    }
}

/// A connection on loan.
pub(crate) async fn client(pool: &Pool) -> Result<deadpool_postgres::Client, Fault> {
    pool.get().await.map_err(|error| match error {
        deadpool_postgres::PoolError::Timeout(_) => Fault::Busy,
        deadpool_postgres::PoolError::Backend(error) => {
            Fault::Away(format!("no connection: {}", whole(&error)))
        }
        other => Fault::Engine(whole(&other)),
    })
}

/// An error with its causes: the driver keeps the reason of a refused
/// certificate or connection below its own words.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(cause) = below {
        let more = cause.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        below = cause.source();
    }
    text
}

pub(crate) async fn execute<C: GenericClient>(client: &C, sql: &str, values: &[Val]) -> Result<u64, Fault> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute_raw(&statement, values.iter()).await?)
}

/// A statement or question, and its values.
pub(crate) type Sent<'v> = (&'v str, &'v [Val]);

/// Statements, and questions that see what they wrote, in one round trip: how
/// many rows each statement changed, and what answers each question.
pub(crate) async fn together<C: GenericClient>(
    client: &C,
    statements: &[Sent<'_>],
    questions: &[Sent<'_>],
) -> Result<(Vec<u64>, Vec<Vec<Row>>), Fault> {
    // What has to be prepared first takes a round trip of its own, once a connection.
    let mut prepared = Vec::with_capacity(statements.len() + questions.len());
    for (sql, _) in statements.iter().chain(questions) {
        prepared.push(client.prepare_cached(sql).await?);
    }
    let (doing, asking) = prepared.split_at(statements.len());
    let done = doing.iter().zip(statements).map(|(statement, (_, values))| async move {
        client.execute_raw(statement, values.iter()).await.map_err(Fault::from)
    });
    let answers =
        asking.iter().zip(questions).map(|(statement, (_, values))| answer(client, statement, values));
    futures_util::future::try_join(try_join_all(done), try_join_all(answers)).await
}

pub(crate) async fn query<C: GenericClient>(
    client: &C,
    sql: &str,
    values: &[Val],
) -> Result<Vec<Row>, Fault> {
    let statement = client.prepare_cached(sql).await?;
    answer(client, &statement, values).await
}

async fn answer<C: GenericClient>(
    client: &C,
    statement: &Statement,
    values: &[Val],
) -> Result<Vec<Row>, Fault> {
    let names: Arc<[String]> = statement.columns().iter().map(|c| c.name().to_owned()).collect();
    let stream = client.query_raw(statement, values.iter()).await?;
    let found: Vec<tokio_postgres::Row> = stream.try_collect().await?;
    found
        .iter()
        .map(|row| {
            let values = (0..names.len()).map(|at| value(row, at)).collect::<Result<_, _>>()?;
            Ok(Row { names: names.clone(), values })
        })
        .collect()
}

fn value(row: &tokio_postgres::Row, at: usize) -> Result<Val, Fault> {
    let ty = row.columns()[at].type_();
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map_or(Val::Null, Val::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map_or(Val::Null, |n| Val::Int(n.into())),
        Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map_or(Val::Null, |b| Val::Int(b.into())),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map_or(Val::Null, Val::Bytes),
        Type::UUID => row.try_get::<_, Option<Uuid>>(at)?.map_or(Val::Null, |id| Val::Id(id.0)),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            row.try_get::<_, Option<String>>(at)?.map_or(Val::Null, Val::Text)
        }
        _ => return Err(Fault::shape(row.columns()[at].name())),
    })
}

/// Sixteen bytes as PostgreSQL sends them.
struct Uuid([u8; 16]);

impl<'a> tokio_postgres::types::FromSql<'a> for Uuid {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(raw.try_into()?))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }
}
