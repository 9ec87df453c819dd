//! What happens when, from `connection_init` to the end.

use std::convert::Infallible;
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use actix_web::error::PayloadError;
use actix_web::{HttpRequest, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError};
use futures_util::FutureExt as _;
use tokio::time::{Instant, sleep_until};

use super::frames::{self, FrameError};
use super::messages::{self, Close, Received};
use super::operations::{Event, Operations};
use super::outgoing::{Lost, Outgoing};
use crate::graphql::{Answers, Outcome};
use crate::http::access::{self, RequestId};
use crate::http::draining::Stopping;
use crate::http::figures::Figures;
use crate::http::live::Transport;
use crate::http::settings::LiveSettings;

/// A WebSocket after its handshake.
pub(super) struct Socket<A> {
    outgoing: Outgoing,
    conversation: Conversation<A>,
}

struct Conversation<A> {
    api: web::Data<A>,
    figures: web::Data<Figures>,
    settings: LiveSettings,
    messages: AggregatedMessageStream,
    stopping: Stopping,
    request_id: RequestId,
    operations: Operations,
    opened: Instant,
    /// When the client last sent a frame.
    heard: Instant,
    /// Whether it has been pinged since.
    is_pinged: bool,
    /// Whether it has said `connection_init`, which is acknowledged at once.
    is_acknowledged: bool,
}

/// Why a conversation is over.
enum End {
    Close(Close),
    Lost(Lost),
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl From<Lost> for End {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

#[expect(clippy::large_enum_variant, reason = "there is one at a time, and it is looked at and gone")]
enum Happening {
    Message(Option<Result<AggregatedMessage, ProtocolError>>),
    TimeToLook,
    Event(Event),
}

impl<A: Answers> Socket<A> {
    /// That which `request` asks for.
    pub(super) fn new(
        request: &HttpRequest,
        api: web::Data<A>,
        figures: web::Data<Figures>,
        settings: LiveSettings,
        messages: AggregatedMessageStream,
        outgoing: Outgoing,
    ) -> Self {
        let now = Instant::now();
        let conversation = Conversation {
            api,
            figures,
            settings,
            messages,
            stopping: Stopping::of(request),
            request_id: RequestId::of(request),
            operations: Operations::default(),
            opened: now,
            heard: now,
            is_pinged: false,
            is_acknowledged: false,
        };
        Self { outgoing, conversation }
    }

    /// Talks to the client until one of both has enough.
    pub(super) async fn run(self) -> ClosedBy {
        let Self { mut outgoing, mut conversation } = self;
        let end = match AssertUnwindSafe(conversation.hold(&mut outgoing)).catch_unwind().await {
            Ok(Err(end)) => end,
            Err(_) => {
                tracing::error!("a WebSocket made the server panic");
                End::Close(Close::Internal)
            }
        };
        // Nothing runs on while the client is told.
        conversation.operations = Operations::default();
        let label = match &end {
            End::Close(close) => close.label(),
            // By which RFC 6455 calls what ends without a close frame.
            End::Lost(_) => "1006".into(),
        };
        metrics::counter!("grounds_websocket_closes_total", "code" => label).increment(1);
        match end {
            End::Close(close) => {
                tracing::debug!(?close, "a WebSocket is closed");
                // A client that is gone does not miss it.
                let _ = outgoing.close(close.reason()).await;
                if matches!(close, Close::Answered(_)) { ClosedBy::Client } else { ClosedBy::Server }
            }
            End::Lost(lost) => {
                tracing::debug!(?lost, "a WebSocket has ended");
                ClosedBy::Server
            }
        }
    }
}

/// Who was the first to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClosedBy {
    Client,
    Server,
}

impl ClosedBy {
    /// How long the connection stays: the last frame is on its way to a client that waits for nothing else, or is still to
    /// be read, and answered.
    pub(super) const fn patience(self) -> Duration {
        match self {
            Self::Client => Duration::from_millis(100),
            Self::Server => Duration::from_secs(1),
        }
    }
}

impl<A: Answers> Conversation<A> {
    async fn hold(&mut self, outgoing: &mut Outgoing) -> Result<Infallible, End> {
        loop {
            let time_to_look = self.time_to_look();
            // In this order: what the client has said is heard before it is called silent.
            let happening = tokio::select! {
                biased;
                () = self.stopping.told() => return Err(Close::Stopping.into()),
                message = self.messages.recv() => Happening::Message(message),
                () = sleep_until(time_to_look) => Happening::TimeToLook,
                Some(event) = self.operations.next() => Happening::Event(event),
            };
            match happening {
                Happening::Message(message) => self.hear(outgoing, message).await?,
                Happening::TimeToLook => self.look(outgoing).await?,
                Happening::Event(event) => self.tell(outgoing, event).await?,
            }
        }
    }

    /// When [`Conversation::look`] has something to do.
    fn time_to_look(&self) -> Instant {
        let LiveSettings { init_deadline, idle_deadline, .. } = self.settings;
        let silent = self.heard + if self.is_pinged { idle_deadline } else { idle_deadline / 2 };
        if self.is_acknowledged { silent } else { silent.min(self.opened + init_deadline) }
    }

    /// Looks whether a deadline has passed.
    async fn look(&mut self, outgoing: &mut Outgoing) -> Result<(), End> {
        let now = Instant::now();
        if !self.is_acknowledged && now >= self.opened + self.settings.init_deadline {
            return Err(Close::InitTimeout.into());
        }
        if self.is_pinged && now >= self.heard + self.settings.idle_deadline {
            return Err(Close::Silent.into());
        }
        if !self.is_pinged && now >= self.heard + self.settings.idle_deadline / 2 {
            self.is_pinged = true;
            outgoing.ping().await?;
        }
        Ok(())
    }

    async fn hear(
        &mut self,
        outgoing: &mut Outgoing,
        message: Option<Result<AggregatedMessage, ProtocolError>>,
    ) -> Result<(), End> {
        self.heard = Instant::now();
        self.is_pinged = false;
        match message.ok_or(Lost::Gone)?.map_err(|error| self.fault(&error))? {
            AggregatedMessage::Text(text) => {
                let received = Received::parse(&text).map_err(Close::Invalid)?;
                self.understand(outgoing, received).await?;
            }
            AggregatedMessage::Binary(_) => return Err(Close::Invalid("messages are text, not binary".into()).into()),
            AggregatedMessage::Ping(content) => outgoing.pong(&content).await?,
            AggregatedMessage::Pong(_) => {}
            AggregatedMessage::Close(reason) => {
                return Err(Close::Answered(reason.map(|reason| reason.code.into())).into());
            }
        }
        Ok(())
    }

    async fn understand(&mut self, outgoing: &mut Outgoing, received: Received<'_>) -> Result<(), End> {
        match received {
            Received::ConnectionInit if self.is_acknowledged => return Err(Close::InitTwice.into()),
            Received::ConnectionInit => {
                self.is_acknowledged = true;
                outgoing.text(messages::CONNECTION_ACK.to_owned()).await?;
            }
            Received::Ping(payload) => outgoing.text(messages::pong(payload)?).await?,
            Received::Pong => {}
            Received::Subscribe { .. } if !self.is_acknowledged => return Err(Close::Unauthorized.into()),
            Received::Subscribe { id, .. } if self.operations.contains(&id) => {
                return Err(Close::SubscriberExists(id).into());
            }
            Received::Subscribe { .. } if self.operations.len() >= self.settings.operations_max => {
                return Err(Close::TooManyOperations { max: self.settings.operations_max }.into());
            }
            Received::Subscribe { id, request } => {
                let answers = self.api.stream(request, self.operations.turns());
                self.operations.start(id, answers);
            }
            Received::Complete { id } => self.operations.stop(&id),
        }
        Ok(())
    }

    /// Tells what came of an operation. The answer itself is freed before its text is sent.
    async fn tell(&mut self, outgoing: &mut Outgoing, (id, answer): Event) -> Result<(), End> {
        if let Some(answer) = &answer {
            self.figures.count(answer);
            if self.operations.is_first(&id) {
                access::operation(Transport::WebSocket.label(), &self.request_id, answer);
            }
        }
        let message = match answer {
            None => messages::complete(&id)?,
            // What stopped an operation on its way goes into `next`: a subscription goes on after it.
            Some(answer) => match answer.outcome {
                Outcome::Executed | Outcome::TimedOut | Outcome::Crashed => messages::next(&id, &answer)?,
                Outcome::Refused | Outcome::WouldWrite => {
                    self.operations.stop(&id);
                    messages::error(&id, &answer)?
                }
            },
        };
        Ok(outgoing.text(message).await?)
    }

    /// What to do about bytes that are no message.
    fn fault(&self, error: &ProtocolError) -> End {
        let close = match (frames::found(error), error) {
            (Some(FrameError::TooLarge { max }), _) => Close::TooLarge { max },
            (Some(FrameError::Malformed(what)), _) => Close::Protocol(what),
            (None, ProtocolError::Io(error)) => {
                if error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<PayloadError>) {
                    return Lost::Gone.into();
                }
                // The library's way to say so: all else that is wrong with a frame has been found above.
                Close::NotUtf8
            }
            (None, ProtocolError::Overflow) => Close::TooLarge { max: self.settings.message_max_bytes },
            (None, _) => Close::Protocol("a frame is malformed"),
        };
        close.into()
    }
}
