using Verification.Infrastructure.Terraform;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class ValidationTests
{
    /// <summary>Who mends one must not need another gate to hear of the next.</summary>
    [Fact]
    public void Every_error_is_told_with_its_place()
    {
        const string Document = """
            {"valid": false, "error_count": 2, "diagnostics": [
              {"severity": "error", "summary": "Missing required argument", "detail": "\"name\" is required.\nSee there.",
               "range": {"filename": "main.tf", "start": {"line": 7, "column": 1, "byte": 0}, "end": {"line": 7, "column": 2, "byte": 1}}},
              {"severity": "warning", "summary": "Old", "detail": "It is old."},
              {"severity": "error", "summary": "Unsupported argument", "detail": "No \"nmae\" here."}]}
            """;

        Assert.Equal(
            ["main.tf:7: Missing required argument (\"name\" is required.)", "Unsupported argument (No \"nmae\" here.)"],
            Validation.ErrorsOf(Document)
        );
    }

    [Theory]
    [InlineData("{\"valid\": false, \"diagnostics\": []}")]
    [InlineData("terraform: Killed")]
    [InlineData("{}")]
    public void What_names_no_error_is_told_as_it_stands(string output) => Assert.Equal([output], Validation.ErrorsOf(output));
}
