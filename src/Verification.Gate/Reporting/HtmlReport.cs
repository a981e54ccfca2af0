using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace Verification.Gate.Reporting;

/// <summary>The report for people: one HTML file that needs nothing else.</summary>
internal static class HtmlReport
{
    private static readonly Lazy<IFluidTemplate> Template = new(() =>
        new FluidParser(new FluidParserOptions { AllowFunctions = true }).Parse(Resource("report.liquid"))
    );
    private static readonly TemplateOptions Options = MakeOptions();

    /// <summary>Renders a run.</summary>
    public static string Render(StoredRun run)
    {
        var context = new TemplateContext(ReportModel.Of(run), Options);
        // The style sheet is ours and the only text that is not escaped.
        context.SetValue("css", new StringValue(Resource("report.css"), encode: false));
        return Template.Value.Render(context, HtmlEncoder.Default);
    }

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions
        {
            MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.CamelCase },
        };
        return options;
    }

    private static string Resource(string name)
    {
        using var stream =
            typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its resource {name}. Build it again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
