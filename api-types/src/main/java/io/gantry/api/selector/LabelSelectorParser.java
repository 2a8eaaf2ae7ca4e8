package io.gantry.api.selector;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Names;
import io.gantry.api.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Recursive descent over the text of a label selector (upstream `k8s.io/apimachinery/pkg/labels`). One per text.
final class LabelSelectorParser {
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private enum Type {
        IDENTIFIER,
        NOT,
        OPERATOR,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    private record Token(Type type, String text) {}

    private final List<Token> tokens;
    private int at;

    LabelSelectorParser(String text) {
        tokens = scan(text);
    }

    Selector parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (peek().type != Type.END) {
            Token first = peek();
            if (first.type != Type.IDENTIFIER && first.type != Type.NOT) {
                throw error("found '" + first.text + "', expected: !, identifier, or 'end of string'");
            }
            requirements.add(requirement());
            Token next = take();
            if (next.type == Type.END) {
                break;
            }
            if (next.type != Type.COMMA) {
                throw error("found '" + next.text + "', expected: ',' or 'end of string'");
            }
            Token after = peek();
            if (after.type != Type.IDENTIFIER && after.type != Type.NOT) {
                throw error("found '" + after.text + "', expected: identifier after ','");
            }
        }
        return new Selector(requirements, false);
    }

    private Requirement requirement() {
        boolean not = peek().type == Type.NOT;
        if (not) {
            take();
        }
        Token key = take();
        if (key.type != Type.IDENTIFIER) {
            throw unparsable("found '" + key.text + "', expected: identifier");
        }
        List<String> wrong = Names.qualified(key.text);
        if (!wrong.isEmpty()) {
            throw unparsable("<nil>: Invalid value: \"" + key.text + "\": " + String.join("; ", wrong));
        }
        if (not) {
            return Requirement.checked(key.text, Operator.DOES_NOT_EXIST, List.of());
        }
        if (peek().type == Type.END || peek().type == Type.COMMA) {
            return Requirement.checked(key.text, Operator.EXISTS, List.of());
        }
        Operator operator = operator();
        boolean several = operator == Operator.IN || operator == Operator.NOT_IN;
        return Requirement.checked(key.text, operator, several ? values() : List.of(value()));
    }

    private Operator operator() {
        Token token = take();
        return switch (token.text) {
            case "in" -> Operator.IN;
            case "notin" -> Operator.NOT_IN;
            case "=", "==" -> Operator.EQUALS;
            case "!=" -> Operator.NOT_EQUALS;
            case ">" -> Operator.GREATER_THAN;
            case "<" -> Operator.LESS_THAN;
            default -> throw unparsable("found '" + token.text + "', expected: " + OPERATORS);
        };
    }

    private String value() {
        if (peek().type == Type.END || peek().type == Type.COMMA) {
            return "";
        }
        Token token = take();
        if (token.type != Type.IDENTIFIER) {
            throw unparsable("found '" + token.text + "', expected: identifier");
        }
        return token.text;
    }

    private List<String> values() {
        Token open = take();
        if (open.type != Type.OPEN) {
            throw unparsable("found '" + open.text + "' expected: '('");
        }
        Set<String> values = new TreeSet<>();
        boolean wantValue = true;
        for (Token token = take(); ; token = take()) {
            switch (token.type) {
                case CLOSE -> {
                    if (wantValue) {
                        values.add("");
                    }
                    return List.copyOf(values);
                }
                case COMMA -> {
                    if (wantValue) {
                        values.add("");
                    }
                    wantValue = true;
                }
                case IDENTIFIER -> {
                    if (!wantValue) {
                        throw unparsable("found '" + token.text + "', expected: ',' or ')'");
                    }
                    values.add(token.text);
                    wantValue = false;
                }
                default ->
                    throw unparsable("found '" + token.text + "', expected: "
                            + (wantValue ? "',', or identifier" : "',' or ')'"));
            }
        }
    }

    private Token peek() {
        Token token = tokens.get(at);
        boolean isWord = token.text.equals("in") || token.text.equals("notin");
        return isWord && !afterKey() ? new Token(Type.IDENTIFIER, token.text) : token;
    }

    private Token take() {
        Token token = peek();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    /// `in` and `notin` are operators only after a key.
    private boolean afterKey() {
        if (at == 0 || tokens.get(at - 1).type == Type.COMMA || tokens.get(at - 1).type == Type.OPEN) {
            return false;
        }
        Token previous = tokens.get(at - 1);
        boolean previousIsValue = at > 1 && tokens.get(at - 2).type == Type.OPERATOR;
        return previous.type == Type.IDENTIFIER && !previousIsValue
                || (previous.text.equals("in") || previous.text.equals("notin"))
                        && (at < 2 || tokens.get(at - 2).type == Type.COMMA);
    }

    private static List<Token> scan(String text) {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (isSpecial(c)) {
                int length = operatorLength(text, i);
                tokens.add(special(text.substring(i, i + length)));
                i += length;
            } else {
                int end = i;
                while (end < text.length()
                        && !isSpecial(text.charAt(end))
                        && !Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                String word = text.substring(i, end);
                boolean operator = word.equals("in") || word.equals("notin");
                tokens.add(new Token(operator ? Type.OPERATOR : Type.IDENTIFIER, word));
                i = end;
            }
        }
        tokens.add(new Token(Type.END, ""));
        return tokens;
    }

    private static boolean isSpecial(char c) {
        return c == '=' || c == '!' || c == '(' || c == ')' || c == ',' || c == '>' || c == '<';
    }

    private static int operatorLength(String text, int at) {
        boolean two = text.startsWith("==", at) || text.startsWith("!=", at);
        return two ? 2 : 1;
    }

    private static Token special(String text) {
        return switch (text) {
            case "(" -> new Token(Type.OPEN, text);
            case ")" -> new Token(Type.CLOSE, text);
            case "," -> new Token(Type.COMMA, text);
            case "!" -> new Token(Type.NOT, text);
            default -> new Token(Type.OPERATOR, text);
        };
    }

    private static StatusException unparsable(String why) {
        return error("unable to parse requirement: " + why);
    }

    private static StatusException error(String why) {
        return StatusException.badRequest(why);
    }
}
