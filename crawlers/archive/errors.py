"""Why the archive cannot give or take a file: one typed error for each cause, with advice in Chinese and English."""


class ArchiveError(Exception):
    """The archive cannot be read or written. `reason` is the stable name, `advice` what to do about it."""

    reason = "archive_error"
    advice = "请报告此例 / report the case"

    def __str__(self) -> str:
        return f"{self.reason}: {super().__str__()}\n建议 / advice：{self.advice}"


class ArchiveUnreachableError(ArchiveError):
    """The folder or the store does not answer, does not exist or does not let us in."""

    reason = "archive_unreachable"
    advice = "请检查档案地址、权限和网络 / check the archive's address, its permissions and the network"


class ArchiveFullError(ArchiveError):
    """No room is left."""

    reason = "archive_full"
    advice = "请腾出磁盘空间，再运行同一命令 / free some disk space and run the same command again"


class NoSuchDocumentError(ArchiveError):
    """The archive has no document of this id."""

    reason = "not_in_archive"
    advice = "请重新抓取 / fetch it again"


class DocumentDamagedError(ArchiveError):
    """A document whose bytes are not those of its name."""

    reason = "archived_bytes_differ"
    advice = "请从备份恢复此文件，或删除后重新抓取 / restore the file from a backup, or remove it and fetch it again"


class CaptureDamagedError(ArchiveError):
    """A capture's record that cannot be read."""

    reason = "capture_record_damaged"
    advice = "请从备份恢复此文件，或删除它 / restore the file from a backup, or remove it"
