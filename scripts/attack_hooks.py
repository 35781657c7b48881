"""Signs the calls of schemathesis with the tokens of a role in turn; scripts/attack says where they stand."""
import itertools, json, os
import schemathesis

tokens = itertools.cycle(json.load(open(os.environ["TOKENS"])))


@schemathesis.auth(refresh_interval=None)
class InTurn:
    def get(self, case, context):
        return next(tokens)

    def set(self, case, token, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {token}"


# A paper that is checked is sent as it is.
schemathesis.serializer.alias("application/pdf", "application/octet-stream")
