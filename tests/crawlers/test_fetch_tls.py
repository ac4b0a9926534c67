"""Certificates are verified; an exception is for the hosts that the portal's YAML names."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from visiting import Memory, visit

from samples.portal import PortalServer, Site, many_publications, portal_of


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site behind TLS, with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = builder.add_extension(x509.SubjectAlternativeName([address]), False).sign(key, hashes.SHA256())
    pem = tmp_path / "site.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    served = Site("trs", many_publications(1))
    with PortalServer([served], tls=context):
        yield served


def test_a_certificate_is_verified_unless_the_portal_records_an_exception(site: Site, tmp_path: Path) -> None:
    refused = visit(portal_of(site), Memory(tmp_path / "refused"))
    assert set(refused.reasons.values()) == {"tls_failure"}
    assert not refused.captures

    reason = "its certificate expired; checked by hand"
    elsewhere = visit(
        portal_of(site, tls_exception={"hosts": ["other.example"], "reason": reason}), Memory(tmp_path / "elsewhere")
    )
    assert set(elsewhere.reasons.values()) == {"tls_failure"}

    accepted = visit(
        portal_of(site, tls_exception={"hosts": ["127.0.0.1"], "reason": reason}), Memory(tmp_path / "accepted")
    )
    assert [accepted.reasons, len(accepted.captures)] == [{}, 1]
