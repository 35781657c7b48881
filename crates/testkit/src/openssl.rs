//! A timestamp authority that is not ours: `openssl ts`, with a root and a certificate made for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What an authority signs with.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// `rsa:3072`, or the name of a curve.
    pub key: &'static str,
    /// The hash its signature uses.
    pub digest: &'static str,
    /// The hash that names its certificate.
    pub named_by: &'static str,
}

/// The kinds an office may meet.
pub const KINDS: [Kind; 5] = [
    Kind { key: "P-256", digest: "sha256", named_by: "sha256" },
    Kind { key: "P-384", digest: "sha384", named_by: "sha512" },
    Kind { key: "P-384", digest: "sha512", named_by: "sha256" },
    Kind { key: "rsa:2048", digest: "sha256", named_by: "sha1" },
    Kind { key: "rsa:3072", digest: "sha512", named_by: "sha384" },
];

/// The policy it serves when none is asked for.
pub const USUAL_POLICY: &str = "1.3.6.1.4.1.99999.1";
/// Another that it serves.
pub const OTHER_POLICY: &str = "1.3.6.1.4.1.99999.2";

/// An authority in a folder of its own, which goes with it.
#[derive(Debug)]
pub struct OpensslAuthority {
    folder: PathBuf,
}

impl Drop for OpensslAuthority {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

impl OpensslAuthority {
    /// Makes one.
    ///
    /// # Panics
    /// When `openssl` is not there or does not do what it is told.
    #[must_use]
    pub fn new(folder: &Path, kind: Kind) -> Self {
        std::fs::create_dir_all(folder).expect("a folder can be made");
        let made = Self { folder: folder.to_owned() };
        let place = folder.display();
        let settings = format!(
            "[req]\ndistinguished_name = dn\nprompt = no\n[dn]\nCN = unused\n\
             [root]\nbasicConstraints = critical,CA:true\nkeyUsage = critical,keyCertSign,cRLSign\n\
             subjectKeyIdentifier = hash\n\
             [authority]\nbasicConstraints = critical,CA:false\nkeyUsage = critical,digitalSignature\n\
             extendedKeyUsage = critical,timeStamping\nsubjectKeyIdentifier = hash\n\
             [tsa]\ndefault_tsa = usual\n[usual]\nserial = {place}/serial\ncrypto_device = builtin\n\
             signer_cert = {place}/own.pem\ncerts = {place}/root.pem\nsigner_key = {place}/own.key\n\
             signer_digest = {}\ndefault_policy = {USUAL_POLICY}\nother_policies = {OTHER_POLICY}\n\
             digests = sha256\naccuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\n\
             ess_cert_id_alg = {}\n",
            kind.digest, kind.named_by
        );
        std::fs::write(folder.join("settings"), settings).expect("a file can be written");
        std::fs::write(folder.join("serial"), "4F00\n").expect("a file can be written");
        let key = |name: &str| -> Vec<String> {
            let kind = match kind.key.split_once(':') {
                Some(_) => vec![kind.key.to_owned()],
                None => vec!["ec".into(), "-pkeyopt".into(), format!("ec_paramgen_curve:{}", kind.key)],
            };
            let file = ["-nodes".into(), "-keyout".into(), made.path(name)];
            ["-newkey".to_owned()].into_iter().chain(kind).chain(file).collect()
        };
        let settings = ["-config".to_owned(), made.path("settings")];
        let run = |line: &str, more: Vec<String>| made.run(line, &[more, settings.to_vec()].concat());
        run("req -x509 -sha256 -days 30 -extensions root -subj /CN=Openssl-timestamp-root", {
            [key("root.key"), vec!["-out".into(), made.path("root.pem")]].concat()
        });
        run("req -new -sha256 -subj /CN=Openssl-timestamp-authority", {
            [key("own.key"), vec!["-out".into(), made.path("own.csr")]].concat()
        });
        let files = [
            "-in", "own.csr", "-CA", "root.pem", "-CAkey", "root.key", "-out", "own.pem", "-extfile",
            "settings",
        ];
        let files =
            files.iter().map(|word| if word.starts_with('-') { (*word).to_owned() } else { made.path(word) });
        made.run(
            "x509 -req -sha256 -days 20 -CAcreateserial -extensions authority",
            &files.collect::<Vec<_>>(),
        );
        made
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn ask(&self, line: &str, more: &[String]) -> Output {
        let mut openssl = Command::new("openssl");
        openssl.args(line.split(' ')).args(more).env("OPENSSL_CONF", self.path("settings"));
        openssl.output().expect("openssl is installed")
    }

    fn run(&self, line: &str, more: &[String]) {
        let ran = self.ask(line, more);
        assert!(ran.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&ran.stderr));
    }

    /// The file with its root, PEM.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.folder.join("root.pem")
    }

    /// Its root, PEM.
    ///
    /// # Panics
    /// When the file is gone.
    #[must_use]
    pub fn root_pem(&self) -> String {
        std::fs::read_to_string(self.root()).expect("the root is there")
    }

    /// Answers a question, as `openssl ts -reply` does.
    ///
    /// # Panics
    /// When `openssl` writes nothing.
    #[must_use]
    pub fn reply(&self, question: &[u8]) -> Vec<u8> {
        std::fs::write(self.folder.join("question"), question).expect("a file can be written");
        let files = ["-queryfile".to_owned(), self.path("question"), "-out".into(), self.path("reply")];
        // It fails on a refusal, and writes it all the same.
        let ran = self.ask("ts -reply", &files);
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        std::fs::read(self.folder.join("reply")).unwrap_or_else(|_| panic!("openssl ts -reply: {said}"))
    }

    /// Whether `openssl ts -verify` accepts a token for a signature.
    ///
    /// # Panics
    /// When a file cannot be written.
    #[must_use]
    pub fn accepts(&self, token: &[u8], signature: &[u8]) -> bool {
        std::fs::write(self.folder.join("token"), token).expect("a file can be written");
        std::fs::write(self.folder.join("signature"), signature).expect("a file can be written");
        let names = [("-in", "token"), ("-data", "signature"), ("-CAfile", "root.pem")];
        let files: Vec<String> =
            names.iter().flat_map(|(flag, file)| [(*flag).into(), self.path(file)]).collect();
        self.ask("ts -verify -token_in", &files).status.success()
    }
}
