"""Trusted timestamps: an authority made with openssl signs a head; who it is and what it signed is checked."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest

from reportedly.errors import InputError
from reportedly.ledger import stamps

pytest.importorskip("rfc3161_client", reason="needs the extra reportedly[timestamps]")
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs openssl, to play the authority")
HEAD, OLDER = "ab" * 32, "cd" * 32
CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Example Time Authority
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = mine
[mine]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


class Authority:
    """A timestamp authority in a folder: a root of its own, and a certificate for stamping under it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01")
        new = ("req", "-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf")
        self.run(
            *new,
            "-x509",
            "-days",
            "30",
            "-extensions",
            "ca",
            "-subj",
            "/CN=Root",
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
        )
        self.run(*new, "-keyout", "tsa.key", "-out", "tsa.csr")
        self.run("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "20",
                 "-extfile", "tsa.cnf", "-extensions", "stamping", "-out", "tsa.pem")  # fmt: skip

    def run(self, *arguments: str) -> None:
        subprocess.run([str(OPENSSL), *arguments], cwd=self.folder, check=True, capture_output=True)

    def stamp(self, head: str) -> bytes:
        (self.folder / "query").write_bytes(stamps.request(head))
        self.run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key",
                 "-out", "answer")  # fmt: skip
        return (self.folder / "answer").read_bytes()

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def answer(authority: Authority) -> bytes:
    return authority.stamp(HEAD)


def test_an_answer_names_its_head_and_moment(authority: Authority, answer: bytes) -> None:
    stamp = stamps.check([OLDER, HEAD], answer, roots=authority.root)
    assert (stamp.head, stamp.signed) == (HEAD, True)
    assert abs(stamp.moment - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert stamps.check([HEAD], answer).signed is False


def test_an_answer_of_another_head_is_refused(authority: Authority, answer: bytes) -> None:
    with pytest.raises(InputError, match="no head"):
        stamps.check([OLDER], answer, roots=authority.root)


def test_an_answer_of_another_authority_is_refused(tmp_path: Path, answer: bytes) -> None:
    with pytest.raises(InputError, match="does not hold"):
        stamps.check([HEAD], answer, roots=Authority(tmp_path).root)


def test_an_answer_that_was_changed_is_refused(authority: Authority, answer: bytes) -> None:
    at = len(answer) - 20  # inside the signature, which comes last
    forged = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
    with pytest.raises(InputError, match=r"does not hold|no answer"):
        stamps.check([HEAD], forged, roots=authority.root)


def test_certificates_must_be_pem(answer: bytes) -> None:
    with pytest.raises(InputError, match="PEM"):
        stamps.check([HEAD], answer, roots=b"nonsense")
