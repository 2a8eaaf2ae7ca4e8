package io.gantry.api.schema;

/// Recognises one mail address, with or without a name, as Go's `net/mail` does (`ParseAddress`). Names in words of
/// other character sets (RFC 2047) are taken as they stand.
final class MailAddress {
    private static final String SPECIALS = "()<>[]:;@\\,\"";
    private static final int DELETE = 0x7f;

    private final String text;
    private int at;

    private MailAddress(String text) {
        this.text = text;
    }

    static boolean isOne(String text) {
        MailAddress address = new MailAddress(text);
        return address.mailbox(true) && address.comments() && address.at == text.length();
    }

    /// @param groups whether a group with one member will do
    private boolean mailbox(boolean groups) {
        spaces();
        int start = at;
        if (plain()) {
            return true;
        }
        at = start;
        if (peek() != '<' && !phrase()) {
            return false;
        }
        spaces();
        if (groups && consume(':')) {
            return comments() && mailbox(false) && comments() && consume(';');
        }
        return consume('<') && plain() && consume('>');
    }

    private boolean plain() {
        spaces();
        boolean local = peek() == '"' ? quoted() > 0 : atom(false);
        if (!local || !consume('@')) {
            return false;
        }
        spaces();
        return peek() == '[' ? literal() : atom(false);
    }

    private boolean phrase() {
        int words = 0;
        while (peek() == '"' ? quoted() >= 0 : atom(true)) {
            words++;
            if (!comments()) {
                return false;
            }
        }
        return words > 0;
    }

    private boolean atom(boolean anyDots) {
        int start = at;
        while (at < text.length() && isVisible(text.charAt(at)) && SPECIALS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String atom = text.substring(start, at);
        return !atom.isEmpty() && (anyDots || !atom.startsWith(".") && !atom.endsWith(".") && !atom.contains(".."));
    }

    /// @return how long the text inside is, -1 where the quotes are not closed
    private int quoted() {
        int start = at;
        int length = 0;
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at >= text.length() || !isVisible(text.charAt(at)) && !isSpace(text.charAt(at))) {
                break;
            }
            at++;
            length++;
        }
        if (consume('"')) {
            return length;
        }
        at = start;
        return -1;
    }

    private boolean literal() {
        int close = text.indexOf(']', at);
        if (close < 0 || !Addresses.isIp(text.substring(at + 1, close))) {
            return false;
        }
        at = close + 1;
        return true;
    }

    /// Passes by spaces and comments.
    ///
    /// @return false where a comment is not closed
    private boolean comments() {
        spaces();
        while (peek() == '(') {
            if (!comment()) {
                return false;
            }
            spaces();
        }
        return true;
    }

    private boolean comment() {
        int depth = 0;
        do {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
            at++;
        } while (depth > 0 && at < text.length());
        return depth == 0;
    }

    private void spaces() {
        while (isSpace(peek())) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean consume(char c) {
        boolean there = peek() == c;
        if (there) {
            at++;
        }
        return there;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isVisible(int c) {
        return c > ' ' && c != DELETE;
    }
}
