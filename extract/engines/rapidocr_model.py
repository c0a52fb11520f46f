"""The recogniser network that the ``rapidocr`` package carries: where it lies, and whether it can be used."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from functools import cache
from pathlib import Path

from extract.engines.base import EngineState

NAME = "rapidocr"
REMEDY_JA = "pip install rapidocr onnxruntime を実行してください。"
REMEDY_EN = "Run pip install rapidocr onnxruntime."
FASTER_JA = 'pip install "hokoku[openvino]"（約 180 MB）で速くなる機種もあります。'
FASTER_EN = 'On some processors pip install "hokoku[openvino]" (180 MB) makes it faster.'


@cache
def state() -> EngineState:
    """Say whether the engine can be used here; loads nothing, and is asked once: the model is 21 MB to hash."""
    model = find_model()
    if model is None or importlib.util.find_spec("onnxruntime") is None:
        return EngineState(NAME, None, remedy_ja=REMEDY_JA, remedy_en=REMEDY_EN)
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    used = ("onnxruntime", "openvino") if has_openvino() else ("onnxruntime",)
    versions = [
        importlib.metadata.version(NAME),
        *(f"{name} {importlib.metadata.version(name)}" for name in used),
    ]
    faster = ("", "") if has_openvino() else (FASTER_JA, FASTER_EN)
    return EngineState(NAME, ", ".join(versions), digest, *faster)


def has_openvino() -> bool:
    """Say whether OpenVINO may be used: it is there only where somebody chose it (``pip install hokoku[openvino]``)."""
    spec = importlib.util.find_spec("openvino")
    return spec is not None and spec.origin is not None  # a mere folder of that name is no package


def find_model() -> Path | None:
    """Give the file of the recogniser network inside the installed package, or None."""
    spec = importlib.util.find_spec(NAME)
    if spec is None or not spec.submodule_search_locations:
        return None
    return next(iter(sorted(Path(spec.submodule_search_locations[0]).glob("models/*rec*.onnx"))), None)
