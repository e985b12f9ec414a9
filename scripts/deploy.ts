import { endWith, runCdktf } from "./stacks/cdktf";
import { cdktfDeploy } from "./stacks/stack-commands";

endWith(runCdktf(cdktfDeploy(process.argv.slice(2))), "npx cdktf deploy --help");
