"""The recogniser network -> the same without the characters that no Japanese document holds.

Half of its 18,710 columns are Chinese forms. They were left out after the softmax before; left out of the layer itself the network
takes a twelfth less time, and what is left has the same probabilities: those of a softmax over fewer columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extract.errors import DependencyMissing

if TYPE_CHECKING:
    import onnx

BESIDE = ("Softmax", "Identity")
"""What stands between the output layer and the output, and keeps columns apart."""


class Model(NamedTuple):
    """A network as ONNX keeps it, and the characters of its columns 1, 2, ...; column 0 is the blank, the last one the space."""

    content: bytes
    characters: list[str]


def load_model(path: Path, is_possible: Callable[[str], bool]) -> Model:
    """Give the network of a file without the ideographs that are not possible.

    Other characters stay, so that a sign which no Japanese document holds is not surely read as one that it may hold. A network of
    another form than the known one is given whole. Raises DependencyMissing where the file is damaged.
    """
    import onnx  # noqa: PLC0415 - 0.2 s that documents with a text layer need not wait for
    from google.protobuf.message import DecodeError  # noqa: PLC0415 - likewise

    try:
        model = onnx.load(str(path))
        characters = next(entry.value for entry in model.metadata_props if entry.key == "character")
    except (OSError, DecodeError, StopIteration) as error:
        raise damaged(path.name, error) from error
    every = [*characters.splitlines(), " "]
    kept = [index for index, one in enumerate(every) if is_possible(one) or not _is_ideograph(one)]
    layer = _output_layer(model, len(every) + 1)
    if layer is None:
        return Model(path.read_bytes(), every)
    columns = np.array([0, *(index + 1 for index in kept)])
    for part in layer:
        values = onnx.numpy_helper.to_array(part)
        part.CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(values[..., columns]), part.name))
    model.graph.output[0].type.tensor_type.shape.dim[-1].dim_value = len(columns)
    return Model(model.SerializeToString(), [every[index] for index in kept])


def damaged(name: str, error: Exception) -> DependencyMissing:
    """Give the error of a network that cannot be loaded."""
    return DependencyMissing(
        name=f"{name} ({' '.join(str(error).split())[:200]})",
        remedy_ja="pip install --force-reinstall rapidocr を実行してください。",
        remedy_en="Run pip install --force-reinstall rapidocr.",
    )


def _is_ideograph(character: str) -> bool:
    return unicodedata.name(character[0], "").startswith("CJK ")


def _output_layer(model: onnx.ModelProto, columns: int) -> list[onnx.TensorProto] | None:
    """Give the weights and the bias of the last layer, if both have so many columns and the output hangs on nothing else."""
    graph = model.graph
    makers = {name: node for node in graph.node for name in node.output}
    weights = {part.name: part for part in graph.initializer if part.dims[-1:] == [columns]}

    def inputs(name: str, *kinds: str) -> Iterator[str]:
        node = makers.get(name)
        return iter(node.input if node is not None and node.op_type in kinds else ())

    name = graph.output[0].name
    while (before := next(inputs(name, *BESIDE), None)) is not None:
        name = before
    summed = list(inputs(name, "Add"))
    if len(summed) != 2 or summed[1] not in weights:
        return None
    factors = list(inputs(summed[0], "MatMul"))
    if len(factors) != 2 or factors[1] not in weights:
        return None
    return [weights[factors[1]], weights[summed[1]]]
