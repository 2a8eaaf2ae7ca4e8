package io.gantry.component;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Functions of the C library that answer -1 and set errno where they fail. Thread-safe.
public final class CLibrary {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private CLibrary() {}

    /// A call of a handle of [#bind].
    @FunctionalInterface
    public interface Call {
        long run() throws Throwable;
    }

    /// Where a call keeps its errno: the first argument of each handle.
    public static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    /// A handle whose first argument is a [#state].
    public static MethodHandle bind(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
    }

    /// Calls; what comes back is not negative.
    ///
    /// @param state that the call is given
    /// @param name for the message
    /// @throws IOException with the errno where it fails
    public static long call(MemorySegment state, String name, Call function) throws IOException {
        long result;
        try {
            result = function.run();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (result < 0) {
            throw new IOException(name + ": errno " + (int) ERRNO.get(state, 0L));
        }
        return result;
    }
}
