"""What an installation may lack."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["progress_bar", "require"]


def require(module: str, extra: str) -> ModuleType:
    """Import a module that an extra of pullquote brings.

    Raises:
        ImportError: it is not installed; the error names the extra.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        message = f'this needs {package}, which is not installed: pip install "pullquote[{extra}]"'
        raise ImportError(message, name=module) from error


def progress_bar(**options: Any) -> Any:  # noqa: ANN401  tqdm's own class
    """A bar of tqdm's, as it suits a notebook or a terminal."""
    return require("tqdm.auto", "progress").tqdm(**options)
