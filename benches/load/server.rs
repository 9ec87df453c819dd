//! The server as a process.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

/// A serving process, which ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    /// The lines of standard error.
    pub(crate) log: Receiver<String>,
}

impl Server {
    /// Starts it in a folder, on the database that lies there.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_grounds"))
            .current_dir(folder)
            .args(["--listen", "127.0.0.1:0", "--log", "warn"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let (tell, log) = channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut stdout = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let url = stdout.find_map(|line| Some(line.trim().strip_prefix("GraphQL   ")?.trim().to_owned()));
        // Read on, so that the server never waits for somebody to read.
        std::thread::spawn(move || stdout.for_each(drop));
        Self { child, url: url.expect("the server greets"), log }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
