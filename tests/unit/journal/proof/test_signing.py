"""Signatures, heads and keys on disk."""

from __future__ import annotations

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vigens.base import InputError
from vigens.journal import JournalOutsideError, ProofError, SigningKeyError
from vigens.journal.keyring import (
    Keyring,
    open_keyring,
    read_trusted,
    replace_lost,
    rotate,
)
from vigens.journal.proof import (
    SignedHead,
    Signer,
    fingerprint,
    hand_over,
    head_from_json,
    head_to_json,
    is_signed,
    sign_head,
    succession_from_json,
    succession_to_json,
    successors,
)

MOMENT = "2026-03-08T09:00:00.000000Z"

# RFC 8032, 7.1, the second test vector.
SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def seeded() -> Signer:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED)))


def head(signer: Signer | None = None, **fields: Any) -> SignedHead:
    leaves = ("a" * 64, 3, "b" * 64)
    made = sign_head(signer or seeded(), "public", leaves=leaves, moment=MOMENT)
    return replace(made, **fields)


def test_signatures_are_those_of_the_standard() -> None:
    signer = seeded()
    assert signer.public == PUBLIC
    assert signer.sign(b"\x72") == SIGNATURE
    assert is_signed(PUBLIC, b"\x72", SIGNATURE)
    assert not is_signed(PUBLIC, b"\x73", SIGNATURE)
    assert not is_signed("00" * 31, b"\x72", SIGNATURE)
    assert fingerprint(PUBLIC) == hashlib.sha256(bytes.fromhex(PUBLIC)).hexdigest()


def test_what_is_signed_are_these_bytes() -> None:
    key = fingerprint(PUBLIC)
    data = (
        b"vigens head 1\nm6:"
        b"s3:keys64:" + key.encode() + b"s3:logs6:public"
        b"s6:moments27:2026-03-08T09:00:00.000000Z"
        b"s6:origins64:" + b"a" * 64 + b"s4:roots64:" + b"b" * 64 + b"s4:sizei1:3"
    )
    assert head().signature == seeded().sign(data)


@pytest.mark.parametrize(
    "change",
    [
        {"log": "UA"},
        {"origin": "b" * 64},
        {"size": 4},
        {"root": "a" * 64},
        {"moment": "2026-03-09T09:00:00.000000Z"},
        {"public": Signer.new().public},
        {"signature": SIGNATURE},
    ],
)
def test_a_head_with_one_field_changed_is_not_signed(change: dict[str, Any]) -> None:
    assert head().is_sound
    assert not head(**change).is_sound


@pytest.mark.parametrize(
    "change",
    [
        {"log": ""},
        {"log": 5},
        {"size": 0},
        {"size": 2**70},
        {"size": True},
        {"root": "A" * 64},
        {"moment": "2026-03-08"},
        {"signature": "a"},
        {"public": None},
    ],
)
def test_a_head_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    assert head_from_json(head_to_json(head()), "x") == head()
    with pytest.raises(ProofError, match=next(iter(change))):
        head_from_json(head_to_json(head()) | change, "x")
    with pytest.raises(ProofError):
        head_from_json([1], "x")


def test_an_empty_log_is_not_signed() -> None:
    with pytest.raises(ProofError, match="holds nothing"):
        sign_head(seeded(), "UA", leaves=("", 0, "b" * 64), moment=MOMENT)


def test_trust_goes_from_key_to_key_by_the_old_ones_word_alone() -> None:
    one, two, three = Signer.new(), Signer.new(), Signer.new()
    first, second = hand_over(one, two, MOMENT), hand_over(two, three, MOMENT)
    names = [fingerprint(each.public) for each in (one, two, three)]
    assert successors(names[:1], [second, first]) == set(names)
    assert successors(names[1:2], [first, second]) == set(names[1:])
    forged = replace(second, new=Signer.new().public)
    assert successors(names[:1], [first, forged]) == set(names[:2])
    assert succession_from_json(succession_to_json(first), "x") == first
    with pytest.raises(ProofError, match="moment"):
        succession_from_json(succession_to_json(first) | {"moment": 1}, "x")


def test_a_key_is_drawn_once_and_kept_from_others(tmp_path: Path) -> None:
    place = tmp_path / "journal.db.key"
    with pytest.raises(SigningKeyError, match="missing"):
        open_keyring(place, create=False)
    first = open_keyring(place)
    assert first.is_new
    assert place.stat().st_mode & 0o777 == 0o600
    again = open_keyring(place)
    assert not again.is_new
    assert again.fingerprint == first.fingerprint
    place.chmod(0o644)
    with pytest.raises(SigningKeyError, match=r"others than you .* 0644") as caught:
        open_keyring(place)
    assert "chmod 600" in caught.value.mend


def test_many_at_once_draw_one_key(tmp_path: Path) -> None:
    place = tmp_path / "k.key"
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: open_keyring(place), range(32)))
    assert len({ring.fingerprint for ring in rings}) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["k.key"]


def test_openssl_reads_the_key(tmp_path: Path) -> None:
    ring = open_keyring(tmp_path / "k.key")
    done = subprocess.run(
        ["openssl", "pkey", "-in", ring.path, "-pubout", "-outform", "DER"],
        capture_output=True,
        check=True,
    )
    assert done.stdout[-32:].hex() == ring.signer.public


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff" * 40])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "k.key"
    place.write_bytes(content)
    place.chmod(0o600)
    with pytest.raises(SigningKeyError, match="no signing key"):
        open_keyring(place)


def test_another_kind_of_key_is_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    pem = X25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    with pytest.raises(SigningKeyError):
        Signer.from_pem(pem, "k.key")


def test_a_folder_and_a_shut_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "k.key").mkdir(mode=0o700)
    with pytest.raises((SigningKeyError, JournalOutsideError)):
        open_keyring(tmp_path / "k.key")
    with pytest.raises(JournalOutsideError, match="signing key"):
        open_keyring(tmp_path / "none" / "k.key")


def rotated(tmp_path: Path) -> tuple[Keyring, Keyring]:
    old = open_keyring(tmp_path / "k.key")
    return old, rotate(old, MOMENT)


def test_a_rotated_key_follows_the_old_one(tmp_path: Path) -> None:
    old, new = rotated(tmp_path)
    assert new.fingerprint != old.fingerprint
    assert new.path.stat().st_mode & 0o777 == 0o600
    assert new.knows(old.fingerprint)
    assert not old.knows(new.fingerprint)
    assert open_keyring(old.path).handed_over == new.handed_over
    assert new.fingerprint in successors([old.fingerprint], new.handed_over)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["k.key", "k.keys"]


def test_a_crash_between_the_steps_of_a_rotation_is_mended(tmp_path: Path) -> None:
    old = open_keyring(tmp_path / "k.key")
    pem = old.path.read_bytes()
    new = rotate(old, MOMENT)
    new.path.rename(tmp_path / "k.key.new")  # as it was before the last step
    new.path.write_bytes(pem)
    new.path.chmod(0o600)
    assert open_keyring(old.path).fingerprint == new.fingerprint


def test_an_old_key_put_back_and_a_missing_one_are_told(tmp_path: Path) -> None:
    old = open_keyring(tmp_path / "k.key")
    pem = old.path.read_bytes()
    new = rotate(old, MOMENT)
    new.path.write_bytes(pem)
    with pytest.raises(SigningKeyError, match=f"before .{new.fingerprint[:12]}"):
        open_keyring(old.path)
    new.path.unlink()
    with pytest.raises(SigningKeyError, match="missing"):
        open_keyring(old.path)


def test_a_lost_key_hands_nothing_over(tmp_path: Path) -> None:
    first, second = rotated(tmp_path)
    third = replace_lost(first.path, MOMENT)
    assert third.knows(second.fingerprint)
    assert third.fingerprint not in successors([first.fingerprint], third.handed_over)
    assert open_keyring(first.path).fingerprint == third.fingerprint
    third.path.unlink()
    fourth = replace_lost(first.path, MOMENT)
    assert fourth.knows(third.fingerprint)


def test_a_damaged_list_of_keys_is_told(tmp_path: Path) -> None:
    rotated(tmp_path)
    place = tmp_path / "k.keys"
    text = place.read_text("utf-8")
    for wrong in ("[", text.replace("2026", "2027"), "\ud800"):
        place.write_bytes(wrong.encode(errors="surrogatepass"))
        with pytest.raises((SigningKeyError, JournalOutsideError)):
            open_keyring(tmp_path / "k.key")


def test_trusted_keys_are_read_with_their_names(tmp_path: Path) -> None:
    place = tmp_path / "trusted.txt"
    key = "ab" * 32
    place.write_text(f"# ours\n\n{key}  The ministry\n{'cd' * 32}\n", "utf-8")
    assert read_trusted(place) == {key: "The ministry", "cd" * 32: "cdcdcdcdcdcd"}
    place.write_text("ab  The ministry\n", "utf-8")
    with pytest.raises(InputError, match="no trusted key") as caught:
        read_trusted(place)
    assert caught.value.where.endswith(":1")
    with pytest.raises(InputError, match="cannot be read"):
        read_trusted(tmp_path / "none")
