"""graphql-core's parser, without tokens in the parsed documents.

A location of graphql-core refers to its first and last token, and through them to all tokens of the
document. Tokens take most of a document's memory, and of the time of each garbage collection.
"""

from graphql import DocumentNode, GraphQLSyntaxError, Source, TokenKind
from graphql.language import Location, Token
from graphql.language.parser import Parser

_NO_TOKEN = Token(TokenKind.SOF, 0, 0, 0, 0)


class _Parser(Parser):
    def loc(self, start_token: Token) -> Location | None:
        """The location in the text, without its tokens."""
        location = super().loc(start_token)
        if location is not None:
            location.start_token = location.end_token = _NO_TOKEN
        return location


def parse(text: str, *, characters: int, tokens: int, comments: int) -> DocumentNode:
    """Parses a text with at most this many characters, tokens and comments.

    Raises GraphQLSyntaxError, also if the text exceeds a limit.
    """
    source = Source(text)
    parser = _Parser(
        source, max_source_length=characters, max_lexical_tokens=tokens, max_comments=comments
    )
    try:
        return parser.parse_document()
    except RecursionError:
        raise GraphQLSyntaxError(
            source, 0, "Document is nested too deeply. Parsing aborted."
        ) from None
