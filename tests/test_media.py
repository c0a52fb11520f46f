from __future__ import annotations

import pytest

from extract.media import HEAD_BYTES, head_to_media_type


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b" " * (HEAD_BYTES - 5) + b"%PDF-", "application/pdf"),
        (b" " * HEAD_BYTES + b"%PDF-", None),
        (b"II*\x00\x08", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"II+\x00", "image/tiff"),
        (b"MM\x00+", "image/tiff"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n %PDF-", "image/png"),
        (b"", None),
        (b"PK\x03\x04", None),
    ],
)
def test_types_are_told_by_the_first_bytes(head, media_type):
    assert head_to_media_type(head) == media_type
