package io.gantry.scheduler.framework;

import java.util.Locale;

/// Where plugins take part in scheduling, in the order of a pod's way. Names are those of a
/// `KubeSchedulerConfiguration`.
///
/// `preFilter` and `filter` are one interface here, as are `preScore` and `score` (with its normalization):
/// what the first one finds out is what it returns to the second.
public enum ExtensionPoint {
    PRE_ENQUEUE("preEnqueue", PreEnqueuePlugin.class),
    QUEUE_SORT("queueSort", QueueSortPlugin.class),
    PRE_FILTER("preFilter", FilterPlugin.class),
    FILTER("filter", FilterPlugin.class),
    POST_FILTER("postFilter", PostFilterPlugin.class),
    PRE_SCORE("preScore", ScorePlugin.class),
    SCORE("score", ScorePlugin.class),
    RESERVE("reserve", ReservePlugin.class),
    PERMIT("permit", PermitPlugin.class),
    PRE_BIND("preBind", PreBindPlugin.class),
    BIND("bind", BindPlugin.class),
    POST_BIND("postBind", PostBindPlugin.class);

    private final String key;
    private final Class<? extends Plugin> type;

    ExtensionPoint(String key, Class<? extends Plugin> type) {
        this.key = key;
        this.type = type;
    }

    /// The name in a configuration, e.g. `preFilter`.
    public String key() {
        return key;
    }

    /// Upstream's name of the interface, e.g. `PreFilterPlugin`.
    public String interfaceName() {
        return label() + "Plugin";
    }

    /// The label in metrics, e.g. `PreFilter`.
    public String label() {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    /// What a plugin of this point implements.
    public Class<? extends Plugin> type() {
        return type;
    }
}
