package io.gantry.apiserver.cel.rules;

import io.gantry.cel.eval.Evaluation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What an expression gave as a message, when it can be one.
public final class MessageText {
    private static final int MAX_BYTES = 5 * 1024;

    private MessageText() {}

    /// Empty when the evaluation failed, or gave nothing, several lines or too much.
    public static Optional<String> of(Evaluation message) {
        return message.value()
                .filter(String.class::isInstance)
                .map(text -> ((String) text).strip())
                .filter(text -> !text.isEmpty() && !text.contains("\n"))
                .filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES);
    }
}
