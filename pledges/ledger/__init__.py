"""The ledger (design: domain, Ledger): what goes into it, how a row is added, how it is read and verified.

`verify` stands alone: it is offered for download and imports nothing of this project.
"""
