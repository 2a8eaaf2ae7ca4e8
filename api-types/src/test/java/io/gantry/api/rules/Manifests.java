package io.gantry.api.rules;

/// Pieces of objects, written with single quotes.
final class Manifests {
    static final String META = "'metadata':{'name':'a','namespace':'default'}";
    static final String CLUSTER = "'metadata':{'name':'a'}";
    static final String POD = "'spec':{'containers':[{'name':'c','image':'nginx'}]}";
    static final String TEMPLATE = "'template':{'metadata':{'labels':{'app':'a'}}," + POD + "}";
    static final String ENDING =
            "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'nginx'}]}}";
    static final String CLAIM = "{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'resources':{'requests':{'storage':'1Gi'}}}}";
    static final String SELECTOR = "'selector':{'matchLabels':{'app':'a'}}";

    private Manifests() {}

    static String object(String meta, String spec) {
        return "{" + meta + ",'spec':{" + spec + "}}";
    }
}
