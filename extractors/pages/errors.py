"""Why a page's picture cannot be read; like `schemas.errors`, and known without loading the reader of pictures."""

from schemas.errors import UnreadableDocumentError


class PictureTooLargeError(UnreadableDocumentError):
    """A picture with more pixels than any scan of a sheet has."""

    reason = "picture_too_large"
    advice = "raise the limit for this file if the picture is meant"


class PictureUnreadableError(UnreadableDocumentError):
    """A picture whose bytes cannot be decoded; a viewer shows an empty page."""

    reason = "picture_unreadable"
    advice = "fetch it again; if it stays so, ask the publisher"


class OcrMissingError(UnreadableDocumentError):
    """The reader of pictures cannot be loaded on this machine."""

    reason = "ocr_missing"
    advice = "install the project's dependencies anew: rapidocr with its models, onnxruntime and opencv"
