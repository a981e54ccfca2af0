using Verification.Objectives;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class SutFileTests
{
    private const string Sut = """
        schema: 1
        name: x
        images: {dashboard: build, server: build}
        environment: {dashboard: {}, server: {}}
        anonymousBroker: false
        tls: false
        ddlRights: false
        extras:
          - input.rejected

        """;

    [Theory]
    [InlineData("input.rejectd", "9:5: 'input.rejectd' is no objective; did you mean 'input.rejected'? Objectives beyond the contract: ")]
    [InlineData("Input.Rejected", "9:5: 'Input.Rejected' is no objective; did you mean 'input.rejected'?")]
    [InlineData("banana", "9:5: 'banana' is no objective. Objectives beyond the contract: ")]
    [InlineData("contract.get", "9:5: 'contract.get' is no extra: the contract promises it of every implementation. Take the line out.")]
    [InlineData("input.rejected\n  - input.rejected", "10:5: 'input.rejected' stands here twice.")]
    public void A_promise_that_nobody_measures_is_refused_where_it_stands(string extra, string problem)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("sut.yaml", Sut.Replace("input.rejected", extra, StringComparison.Ordinal));

        Assert.StartsWith(
            $"{file}:{problem}",
            Assert.Throws<DocumentException>(() => SutFile.Read(file, Gates())).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_promised_beyond_the_contract_is_read()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(["input.rejected"], SutFile.Read(folder.File("sut.yaml", Sut), Gates()).Extras);
    }

    private static Gates Gates() => GatesFile.Read(Path.Combine(Files.Root, "gates.yaml"));
}
