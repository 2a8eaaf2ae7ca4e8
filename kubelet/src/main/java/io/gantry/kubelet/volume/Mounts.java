package io.gantry.kubelet.volume;

import io.gantry.component.MountTable;
import io.gantry.kubelet.runtime.ImageView;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// mount(2) and umount2(2). Thread-safe.
public final class Mounts {
    private static final long NO_FLAGS = 0;
    private static final int DETACH = 2;

    private final StructLayout capture = Linker.Option.captureStateLayout();
    private final VarHandle errno = capture.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private final MethodHandle mount;
    private final MethodHandle unmount;

    public Mounts() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = linker.defaultLookup();
        Linker.Option errnoToo = Linker.Option.captureCallState("errno");
        this.mount = linker.downcallHandle(
                symbols.findOrThrow("mount"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS),
                errnoToo);
        this.unmount = linker.downcallHandle(
                symbols.findOrThrow("umount2"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                errnoToo);
    }

    /// Mounts a tmpfs, unless one is there; says whether it did. Its root is open to all, with the sticky bit.
    ///
    /// @param options e.g. `size=65536`
    public boolean tmpfs(Path target, String options) throws IOException {
        Files.createDirectories(target);
        if (below(target).contains(target)) {
            return false;
        }
        mount("tmpfs", target, "tmpfs", NO_FLAGS, options);
        return true;
    }

    /// Mounts an image's files, read-only.
    public void view(ImageView view, Path target) throws IOException {
        Files.createDirectories(target);
        MountOptions options = MountOptions.parse(view.options());
        mount(view.source(), target, view.type(), options.flags(), options.data());
        if (options.needsRemount()) {
            mount(view.source(), target, view.type(), options.remount(), "");
        }
    }

    private void mount(String source, Path target, String type, long flags, String data) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(capture);
            int result = (int) mount.invokeExact(
                    state,
                    arena.allocateFrom(source),
                    arena.allocateFrom(target.toString()),
                    arena.allocateFrom(type),
                    flags,
                    arena.allocateFrom(data));
            check(result, state, "mount " + type + " on " + target);
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Sees to it that what is mounted below a folder reaches containers that have the folder mounted
    /// (`HostToContainer`), and what they mount there (`Bidirectional`: drivers of storage) the host: a folder on a
    /// private mount becomes a shared mount of itself. Says whether it did. Upstream: `MakeRShared` of
    /// `pkg/volume/util/hostutil`, for the kubelet's folder.
    public boolean share(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (MountTable.read().isShared(real)) {
            return false;
        }
        mount(real.toString(), real, "none", MountOptions.BIND | MountOptions.RECURSIVE, "");
        mount("none", real, "none", MountOptions.SHARED | MountOptions.RECURSIVE, "");
        return true;
    }

    /// Unmounts; what is still in use goes when it no longer is.
    public void unmount(Path target) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(capture);
            int result = (int) unmount.invokeExact(state, arena.allocateFrom(target.toString()), DETACH);
            check(result, state, "unmount " + target);
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void check(int result, MemorySegment state, String what) throws IOException {
        if (result != 0) {
            throw new IOException(what + ": errno " + (int) errno.get(state, 0L));
        }
    }

    /// Mount points at and below a folder that a path leads to, the latest first; by the folder's own path where it
    /// leads over links.
    public static List<Path> below(Path folder) throws IOException {
        Path real = Files.exists(folder) ? folder.toRealPath() : folder;
        return MountTable.read().visibleBelow(real).stream()
                .map(point -> point.equals(real) ? folder : folder.resolve(real.relativize(point)))
                .toList();
    }
}
