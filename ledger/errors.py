"""Why the ledger cannot be used: one typed error for each cause, with advice in Chinese and English."""


class LedgerError(Exception):
    """The ledger cannot be read or written. `reason` is the stable name, `advice` what to do about it."""

    reason = "ledger_error"
    advice = "请报告此例 / report the case"

    def __str__(self) -> str:
        return f"{self.reason}: {super().__str__()}\n建议 / advice：{self.advice}"


class LedgerLockedError(LedgerError):
    """Another process writes, and went on for longer than one waits."""

    reason = "ledger_locked"
    advice = "请等另一个命令结束后再运行 / run again once the other command has ended"


class LedgerFullError(LedgerError):
    """No room on the disk, or the database's own limit is reached."""

    reason = "ledger_full"
    advice = "请腾出磁盘空间，再运行同一命令 / free some disk space and run the same command again"


class LedgerUnreachableError(LedgerError):
    """The file cannot be opened or written, or the server does not answer."""

    reason = "ledger_unreachable"
    advice = "请检查路径、权限或数据库地址 / check the path, its permissions or the database's address"


class LedgerDamagedError(LedgerError):
    """The file is no ledger, or its structure is broken."""

    reason = "ledger_damaged"
    advice = "请从备份恢复，或由档案重建 / restore a backup, or rebuild it from the archive"


class LedgerTooNewError(LedgerError):
    """A newer version of the code has written it."""

    reason = "ledger_too_new"
    advice = "请升级 gongkai，或换一个 --root / upgrade gongkai, or use another --root"


class UnknownDocumentError(LedgerError):
    """No document of the ledger has this id."""

    reason = "unknown_document"
    advice = "请用 gongkai status 查看 / see gongkai status"


class AmbiguousDocumentError(LedgerError):
    """Several documents' ids begin so."""

    reason = "ambiguous_document"
    advice = "请多给几位编号 / give more characters of the id"


class NoInputError(LedgerError):
    """A stage is to begin on a document that the stage before has not handed on."""

    reason = "no_input"
    advice = "请先重做前一阶段 / rerun the stage before"
