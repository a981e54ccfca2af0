using Verification.Gate.Tools;
using Xunit;

namespace Verification.Tests.Unit.Tools;

public sealed class ChecksumFileTests
{
    private static readonly string Hash = new('a', 64);

    public static TheoryData<string, string?> Texts =>
        new()
        {
            { $"{Hash}  helm.tar.gz\n", Hash },
            { $"{Hash} *helm.tar.gz\r\n", Hash },
            { $"{Hash.ToUpperInvariant()}  helm.tar.gz", Hash },
            { $"{Hash}\n", Hash },
            { $"{new string('b', 64)}  helm.zip\n{Hash}  helm.tar.gz\n", Hash },
            { $"{Hash}  helm.tar.gz.asc\n", null },
            { $"{Hash[..40]}  helm.tar.gz\n", null },
            { "<html>helm.tar.gz</html>", null },
            { "", null },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_hash_of_a_file_is_found_in_each_form(string text, string? hash) =>
        Assert.Equal(hash, ChecksumFile.HashOf(text, "helm.tar.gz"));
}
