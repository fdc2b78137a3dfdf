"""Slow oracle: line of sight over the bilinear surface, at every grid line that it crosses."""

import numpy as np

EARTH = 6_371_008.0


def sees(dem, observer, target, cell, eye, height=0.0, refraction=0.13):
    """Tell whether the centre of cell ``target`` is seen from the centre of ``observer``."""
    (r0, c0), (r1, c1) = observer, target
    down, right = r1 - r0, c1 - c0
    if down == 0 and right == 0:
        return True
    cuts = set()
    if down:
        cuts |= {i / abs(down) for i in range(1, abs(down))}
    if right:
        cuts |= {i / abs(right) for i in range(1, abs(right))}
    t = np.array(sorted(cuts))
    far = np.hypot(down, right) * cell
    bend = (1 - refraction) / (2 * EARTH)
    base = dem[r0, c0] + eye
    own = (dem[r1, c1] + height - bend * far**2 - base) / far
    if not len(t):
        return True
    ground = bilinear(dem, r0 + t * down, c0 + t * right)
    angle = (ground - bend * (t * far) ** 2 - base) / (t * far)
    return bool(own >= angle.max() - 1e-12)


def bilinear(dem, row, col):
    """Height between cell centres."""
    i, j = np.floor(row + 1e-9).astype(int), np.floor(col + 1e-9).astype(int)
    a, b = np.clip(row - i, 0, 1), np.clip(col - j, 0, 1)
    i2, j2 = np.minimum(i + 1, dem.shape[0] - 1), np.minimum(j + 1, dem.shape[1] - 1)
    top = dem[i, j] * (1 - b) + dem[i, j2] * b
    bottom = dem[i2, j] * (1 - b) + dem[i2, j2] * b
    return top * (1 - a) + bottom * a
