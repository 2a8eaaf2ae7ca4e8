package io.gantry.api.json;

/// How Go writes JSON.
public final class GoJson {
    private GoJson() {}

    /// JSON as `encoding/json` writes it, which may stand in a page of HTML.
    public static String fitForHtml(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
