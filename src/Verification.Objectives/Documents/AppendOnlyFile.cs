using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verification.Objectives;

/// <summary>
/// A file that grows only at its end, also with several processes writing: each append is one <c>write(2)</c> on a descriptor opened with
/// <c>O_APPEND</c> (POSIX; .NET's own append mode keeps its own position and would overwrite what others added).
/// </summary>
internal sealed partial class AppendOnlyFile : IDisposable
{
    private const int LinuxWriteAppendCloseOnExec = 0x1 | 0x400 | 0x80000;
    private const int MacWriteAppendCloseOnExec = 0x1 | 0x8 | 0x1000000;
    private readonly SafeFileHandle handle;
    private readonly string path;

    private AppendOnlyFile(SafeFileHandle handle, string path)
    {
        this.handle = handle;
        this.path = path;
    }

    /// <summary>Opens the file, creates it if there is none.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static AppendOnlyFile Open(string path)
    {
        // Created first: open(2) then needs no mode, whose passing (variadic) differs between platforms.
        File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        var descriptor = Open(path, OperatingSystem.IsMacOS() ? MacWriteAppendCloseOnExec : LinuxWriteAppendCloseOnExec);
        return descriptor >= 0
            ? new AppendOnlyFile(new SafeFileHandle(descriptor, ownsHandle: true), path)
            : throw new IOException($"{path} cannot be opened for appending: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Appends bytes in one piece.</summary>
    /// <exception cref="IOException">They were not all written: the disk is full or failing.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var written = Write(handle, bytes, (nuint)bytes.Length);
        if (written != bytes.Length)
            throw new IOException($"{path}: {written} of {bytes.Length} bytes were written: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    public void Dispose() => handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nuint count);
}
