using Verification.Gate.Doctor;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class WritableFolderTests
{
    [Fact]
    public void A_folder_that_takes_a_file_is_writable_and_keeps_nothing_of_the_trial()
    {
        using var folder = new TemporaryFolder();
        var deep = Path.Combine(folder.Path, "a", "b");

        Assert.Null(WritableFolder.ProblemOf(deep));
        Assert.Empty(Directory.EnumerateFileSystemEntries(deep));
    }

    [Fact]
    public void A_folder_that_others_must_have_made_is_not_made()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder.Path, "missing");

        Assert.Equal("there is no such folder", WritableFolder.ProblemOf(missing, make: false));
        Assert.False(Directory.Exists(missing));
    }

    [Theory]
    [InlineData("/proc/verification")]
    [InlineData("/dev/null/verification")]
    public void One_that_does_not_says_why(string path) =>
        Assert.Contains(path[..5], WritableFolder.ProblemOf(path), StringComparison.Ordinal);
}
