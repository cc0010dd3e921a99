"""Sums of products and the factor of Cholesky on one thread.

A BLAS with threads takes all processors even for a few hundred rows, and burns them while it waits: beside other work
planar150 costs 20 processor seconds with them and 3 without. It keeps to one where the product of the three sizes is at
most 64 cubed, so matrices are taken in blocks of 64. No option of numpy does this once it is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_BLOCK = 64  # its cube is where OpenBLAS begins a second thread


def product(one: Numbers, other: Numbers) -> float:
    """The sum of products.

    Args:
        one: numbers.
        other: as many.
    """
    return float((one * other).sum())


def lower_factor(matrix: Numbers) -> Numbers:
    """The lower factor of a symmetric positive definite matrix, which is overwritten; above it stands what was there.

    Args:
        matrix: of which the lower half counts.

    Raises:
        LinAlgError: it is not positive definite.
    """
    count = len(matrix)
    for start in range(0, count, _BLOCK):
        end = min(start + _BLOCK, count)
        matrix[start:end, start:end] = np.linalg.cholesky(matrix[start:end, start:end])
        turned = np.linalg.inv(matrix[start:end, start:end]).T
        below = [slice(row, min(row + _BLOCK, count)) for row in range(end, count, _BLOCK)]
        for rows in below:
            matrix[rows, start:end] = matrix[rows, start:end] @ turned
        for place, rows in enumerate(below):
            for columns in below[: place + 1]:
                matrix[rows, columns] -= matrix[rows, start:end] @ matrix[columns, start:end].T
    return matrix
