import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Reads lines "flavour path", answers each with one line: "ok" or the rules that failed. */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var lines = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(answer(line.split(" ", 2)));
        }
    }

    private static String answer(String[] question) {
        try {
            var flavour = PDFAFlavour.byFlavourId(question[0]);
            var bytes = new ByteArrayInputStream(Files.readAllBytes(Path.of(question[1])));
            try (var parser = Foundries.defaultInstance().createParser(bytes, flavour);
                    var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                if (result.isCompliant()) {
                    return "ok";
                }
                var failed = new StringBuilder("failed");
                for (var check : result.getTestAssertions()) {
                    failed.append(" | ").append(check.getRuleId().getClause()).append(": ")
                            .append(check.getMessage()).append(" ").append(check.getErrorMessage());
                }
                return failed.toString().replaceAll("\\s+", " ");
            }
        } catch (Exception error) {
            return ("error " + error).replaceAll("\\s+", " ");
        }
    }
}
