package io.gantry.apiserver.openapi;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.meta.v1.APIGroup;
import io.gantry.api.meta.v1.APIGroupList;
import io.gantry.api.meta.v1.APIResourceList;
import io.gantry.api.meta.v1.APIVersions;
import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.meta.v1.ListMeta;
import io.gantry.api.meta.v1.Status;
import io.gantry.api.schema.annotation.ApiType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every definition that documents may hold: by name, and by the kinds that it describes. Immutable after construction.
final class DefinitionCatalog {
    /// Where a definition comes from.
    sealed interface Source {}

    record OfRecord(Class<?> type) implements Source {}

    record ListOf(String item, String description) implements Source {}

    record OfCustom(CustomDefinition custom) implements Source {}

    record ListOfCustom(CustomDefinition custom, String item) implements Source {}

    private static final List<Class<?>> DISCOVERY =
            List.of(APIGroup.class, APIGroupList.class, APIResourceList.class, APIVersions.class);

    private final Map<String, Source> sources = new TreeMap<>();
    private final SortedSet<String> groups = new TreeSet<>();
    private final Map<String, List<GroupVersionKind>> kinds = new HashMap<>();
    private final Map<GroupVersionKind, String> names = new HashMap<>();

    DefinitionCatalog(Collection<KindDefinition<?>> builtIn, Collection<CustomDefinition> customs) {
        Deque<Class<?>> open = new ArrayDeque<>(List.of(DeleteOptions.class, Status.class, ListMeta.class));
        for (Class<?> type : DISCOVERY) {
            open.add(type);
            addKind(name(type), new GroupVersionKind("", "v1", type.getSimpleName()));
        }
        for (KindDefinition<?> definition : builtIn) {
            Kind<?> kind = definition.kind();
            groups.add(kind.group());
            open.add(kind.type());
            String name = name(kind.type());
            addKind(name, new GroupVersionKind(kind.group(), kind.version(), kind.name()));
            if (definition.stored() || definition.computed()) {
                sources.put(name + "List", new ListOf(name, model(kind.type()) + "List"));
                addKind(name + "List", new GroupVersionKind(kind.group(), kind.version(), kind.name() + "List"));
            }
        }
        builtIn.stream()
                .map(definition -> new GroupVersionKind(
                        definition.kind().group(), definition.kind().version(), "DeleteOptions"))
                .distinct()
                .forEach(kind -> addKind(name(DeleteOptions.class), kind));
        addKind(name(Status.class), new GroupVersionKind("", "v1", "Status"));
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (sources.put(name(type), new OfRecord(type)) == null) {
                for (RecordComponent component : type.getRecordComponents()) {
                    collect(component.getGenericType(), open);
                }
            }
        }
        customs.forEach(this::add);
    }

    private void add(CustomDefinition custom) {
        String item = free(custom.definitionName());
        String list = free(custom.listName());
        sources.put(item, new OfCustom(custom));
        sources.put(list, new ListOfCustom(custom, item));
        addKind(item, new GroupVersionKind(custom.group(), custom.version(), custom.kind()));
        addKind(list, new GroupVersionKind(custom.group(), custom.version(), custom.listKind()));
    }

    /// A name that nothing else has: a group can be such that its kinds have the names of built-in definitions. As
    /// upstream's (`kube-openapi/pkg/aggregator`).
    private String free(String name) {
        String free = name;
        for (int i = 2; sources.containsKey(free); i++) {
            free = name + "_v" + i;
        }
        return free;
    }

    private void addKind(String name, GroupVersionKind kind) {
        kinds.computeIfAbsent(name, key -> new ArrayList<>()).add(kind);
        names.put(kind, name);
    }

    private static void collect(Type type, Deque<Class<?>> open) {
        switch (type) {
            case ParameterizedType generic -> {
                for (Type argument : generic.getActualTypeArguments()) {
                    collect(argument, open);
                }
            }
            case Class<?> plain when plain.isAnnotationPresent(ApiType.class) -> open.add(plain);
            default -> {}
        }
    }

    Optional<Source> source(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    /// Every name in order.
    Collection<String> names() {
        return sources.keySet();
    }

    /// The groups of built-in kinds.
    SortedSet<String> groups() {
        return groups;
    }

    boolean isBuiltIn(String group) {
        return groups.contains(group);
    }

    List<GroupVersionKind> kinds(String name) {
        return kinds.getOrDefault(name, List.of());
    }

    /// The definition of a kind.
    Optional<String> name(GroupVersionKind kind) {
        return Optional.ofNullable(names.get(kind));
    }

    /// The list that holds a kind.
    Optional<String> listName(GroupVersionKind kind) {
        return name(kind)
                .flatMap(item -> sources.entrySet().stream()
                        .filter(source -> isListOf(source.getValue(), item))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private static boolean isListOf(Source source, String item) {
        return switch (source) {
            case ListOf list -> list.item().equals(item);
            case ListOfCustom(CustomDefinition custom, String of) -> of.equals(item);
            case OfRecord record -> false;
            case OfCustom custom -> false;
        };
    }

    static String name(Class<?> type) {
        return names(type).openApi();
    }

    static String model(Class<?> type) {
        return names(type).model();
    }

    private static ApiType names(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(ApiType.class), type::getName);
    }
}
