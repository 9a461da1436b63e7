"""Which 32 bytes are fit to be an Ed25519 public key (RFC 8032 §5.1.3), as far as a table can tell.

A key of small order lets one signature fit many messages; a key with two spellings has two thumbprints.
Whether the point lies on the curve at all shows at its first signature: none verifies.
"""

P = 2**255 - 19

_SMALL_ORDER_Y = frozenset({
    0, 1, P - 1,
    # the two y of the points of order 8
    int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
    int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
})


def is_weak_point(public: bytes) -> bool:
    """True for a wrong length, a y that is not reduced, or one of the eight points of small order."""
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    return len(public) != 32 or y >= P or y in _SMALL_ORDER_Y
