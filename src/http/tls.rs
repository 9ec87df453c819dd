//! TLS: from two PEM files to what the listener needs.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::{Error as PemError, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::settings::TlsFiles;
use super::start_error::StartError;

/// TLS 1.2 and 1.3 with the certificate and key in `files`; clients need no certificate of their own.
///
/// # Errors
/// When a file cannot be read or has nothing of its kind, or the key is not the certificate's.
pub(super) fn config(files: &TlsFiles) -> Result<ServerConfig, StartError> {
    let TlsFiles { certificate, key } = files;
    let certificates = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| refused(certificate, "certificate", error))?;
    if certificates.is_empty() {
        return Err(refused(certificate, "certificate", PemError::NoItemsFound));
    }
    let private_key = PrivateKeyDer::from_pem_file(key).map_err(|error| refused(key, "private key", error))?;

    let unusable = |error: rustls::Error| match error {
        rustls::Error::InconsistentKeys(_) => {
            StartError::KeyDoesNotFit { key: key.clone(), certificate: certificate.clone() }
        }
        other => {
            StartError::TlsUnusable { key: key.clone(), certificate: certificate.clone(), reason: other.to_string() }
        }
    };
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(certificates, private_key)
        .map_err(unusable)
}

fn refused(file: &Path, kind: &'static str, error: PemError) -> StartError {
    let file = file.to_owned();
    match error {
        PemError::Io(error) => StartError::TlsUnreadable { kind, file, reason: error.to_string() },
        PemError::NoItemsFound => StartError::TlsMissing { kind, file },
        other => StartError::TlsUnreadable { kind, file, reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertifiedKey, generate_simple_self_signed};

    use super::*;

    fn message(certificate: &Path, key: &Path) -> String {
        let files = TlsFiles { certificate: certificate.to_owned(), key: key.to_owned() };
        config(&files).expect_err("something is wrong with them").to_string()
    }

    #[test]
    fn what_is_wrong_with_the_files_is_said_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("the folder can be written");
            path
        };
        let pair = || generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate can be made");
        let (CertifiedKey { cert, signing_key }, other) = (pair(), pair());
        let certificate = file("cert.pem", &cert.pem());
        let key = file("key.pem", &signing_key.serialize_pem());
        let (empty, missing) = (file("empty.pem", "nothing\n"), folder.path().join("missing.pem"));
        let broken = file("broken.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
        let nonsense = file("nonsense.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        let foreign = file("foreign.pem", &other.signing_key.serialize_pem());

        let good = TlsFiles { certificate: certificate.clone(), key: key.clone() };
        assert!(config(&good).is_ok(), "what belongs together is taken");

        let cases = [
            (message(&missing, &key), "the TLS certificate", "missing.pem cannot be read"),
            (message(&certificate, &missing), "the TLS private key", "missing.pem cannot be read"),
            (message(&empty, &key), "no certificate in", "empty.pem"),
            (message(&key, &key), "no certificate in", "key.pem"),
            (message(&certificate, &certificate), "no private key in", "cert.pem"),
            (message(&broken, &key), "the TLS certificate", "broken.pem cannot be read"),
            (message(&nonsense, &key), "cannot be used", "nonsense.pem"),
            (message(&certificate, &foreign), "foreign.pem is not that of the certificate", "cert.pem"),
        ];
        for (message, what, which) in cases {
            assert!(message.contains(what) && message.contains(which), "{message}");
        }
    }
}
