using Verification.Gate.Compose;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Compose;

public sealed class ReadableTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnProgram = Own | UnixFileMode.UserExecute;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_made_under_a_close_umask_is_readable_for_the_users_of_containers()
    {
        var file = Of("mysql/my.cnf", Own);
        var program = Of("backup/run", OwnProgram);
        File.SetUnixFileMode(Path.Combine(folder.Path, "mysql"), OwnProgram);

        Readable.Make(folder.Path);

        Assert.Equal(0b110_100_100, (int)File.GetUnixFileMode(file));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(program));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(Path.Combine(folder.Path, "mysql")));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public void What_is_more_open_stays_so()
    {
        var file = Of("a", (UnixFileMode)0b110_110_110);

        Readable.Make(folder.Path);

        Assert.Equal(0b110_110_110, (int)File.GetUnixFileMode(file));
    }

    private string Of(string name, UnixFileMode mode)
    {
        var file = folder.File(name, "");
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
